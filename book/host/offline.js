// Keeps the book on this device once a page has been read for a while, and says so when it is done.
// Where a browser has nothing for it (a page from a disk, http), nothing is said.

const IDLE_MS = 4_000; // reading and the first check come first
const about = JSON.parse(document.getElementById("cstrain-offline").textContent);
const line = navigator.connection;
const isDear = line?.saveData || line?.type === "cellular" || /2g$/.test(line?.effectiveType ?? "");

addEventListener("load", () => start().catch(() => {}));

async function start() {
  const workers = navigator.serviceWorker;
  if (!workers || !isSecureContext) return;
  const root = new URL(about.root, document.baseURI);
  workers.addEventListener("message", ({ data }) => data?.kept === about.language && tell());
  workers.startMessages();
  await workers.register(new URL("sw.js", root), { scope: root.pathname });
  const { active } = await workers.ready;
  // Who pays for every megabyte keeps what she opens, and no more.
  if (!isDear) setTimeout(() => active.postMessage({ keep: about.language }), IDLE_MS);
}

function tell() {
  if (document.querySelector(".cstrain-kept")) return;
  const note = document.createElement("p");
  note.className = "cstrain-kept";
  note.setAttribute("role", "status");
  (document.querySelector(".bd-footer-content__inner") ?? document.body).append(note);
  note.textContent = about.kept;
}
