// The host of live exercises in a book page: mounts every frame at once, puts stored answers
// back, and loads Python only for those who write an answer or have one checked already.
import frame from "./frame.js";
import { createEngine } from "./engine.js";
import { createModel } from "./model.js";
import { Session } from "./session.js";
import { openStore } from "./store.js";

const IDLE_MS = 4_000; // the longest wait before earlier attempts are checked again
const TOUCH_MS = 1_000;
const CORE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"];
const BLOCKS = ".cstrain-exercise, .cstrain-record";

async function start() {
  const about = JSON.parse(document.getElementById("cstrain-host").textContent);
  const places = {
    pyodide: new URL(about.pyodide, document.baseURI).href,
    archive: new URL(about.archive, document.baseURI).href,
    tables: new URL(about.tables, document.baseURI).href,
    lessons: [...new Set(exercises().map((id) => id.split("/")[0]))],
  };
  const engine = createEngine(places);
  const ready = openStore().then((store) => new Session({ ...about, store, engine }));
  const models = [...document.querySelectorAll(BLOCKS)].map((block) => mount(block, ready));
  window.cstrainHost = true;
  document.addEventListener("focusin", (event) => warm(event, places, engine));
  const session = await ready;
  models.forEach((one) => session.add(one));
  if (await session.restore()) whenIdle(() => session.recompute().catch(() => {}));
}

// The record of all lessons has no archive of its own; what it needs comes when it is asked for.
function exercises() {
  const blocks = document.querySelectorAll(".cstrain-exercise[data-exercise]");
  return [...blocks].map((one) => one.dataset.exercise);
}

function mount(block, ready) {
  const view = JSON.parse(block.querySelector(".cstrain-view").textContent);
  const model = createModel(view, (from, message) =>
    ready.then((session) => session.told(from, message)),
  );
  const slot = document.createElement("div");
  block.append(slot);
  frame.render({ model, el: slot });
  return model;
}

let isWarm = false;

// Who has touched an exercise will probably check it: fetch Python's files meanwhile, unless the
// touch was the check itself.
function warm(event, places, engine) {
  if (isWarm || navigator.connection?.saveData || !event.target.closest(BLOCKS)) return;
  isWarm = true;
  setTimeout(() => engine.running() || prefetch(places), TOUCH_MS);
}

function prefetch({ pyodide, archive, lessons }) {
  const parts = lessons.map((one) => new URL(`${one}.zip`, archive).href);
  for (const href of [...CORE.map((name) => pyodide + name), archive, ...parts]) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "prefetch", href });
    document.head.append(link);
  }
}

function whenIdle(work) {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: IDLE_MS });
  else setTimeout(work, IDLE_MS / 2);
}

start();
