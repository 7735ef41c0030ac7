// Python in the page's worker: loads Pyodide and the engine's core once, then answers requests. What
// one lesson alone needs comes in an archive of its own: the page's at once, others when asked about.

const ENGINE = "/engine";
let ask = null;
let needs = null; // of a request: {lessons, tables}, the latter once the lessons are there
let python = null;
let places = null; // where the archives and the big tables lie
const unpacked = new Set(); // lessons

self.onmessage = ({ data }) => {
  if (data.start) start(data.start).catch((error) => self.postMessage({ failed: String(error) }));
  else answer(data);
};

// Pyodide waits for ever for a file whose download broke off; the page must be told.
self.addEventListener("unhandledrejection", ({ reason }) => {
  if (!ask) self.postMessage({ failed: String(reason) });
});

async function start(given) {
  places = given;
  self.postMessage({ stage: "loading_python" });
  const lessons = places.lessons ?? [];
  const packed = [fetched(places.archive), ...lessons.map(archiveOf)];
  packed.forEach((one) => one.catch(() => {})); // told when its turn comes
  const { loadPyodide } = await import(`${places.pyodide}pyodide.mjs`);
  python = await loadPyodide({ indexURL: places.pyodide });
  self.postMessage({ stage: "loading_engine" });
  unpack(await packed.shift());
  // Files that are still to come: their names tell what there is.
  python.runPython(`
from pathlib import Path
for name in Path("${ENGINE}/cstrain/later.txt").read_text().split():
    file = Path("${ENGINE}") / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
`);
  for (const lesson of lessons) unpack(await packed.shift(), lesson);
  const [asking, ofLessons, ofTables] = python.runPython(`
import json, sys
sys.path.insert(0, "${ENGINE}")
from cstrain.desk import lessons_needed, reply, tables_needed
[
    lambda asked, answer=answer: json.dumps(answer(json.loads(asked)))
    for answer in (reply, lessons_needed, tables_needed)
]
`);
  ask = asking;
  needs = { lessons: ofLessons, tables: ofTables };
  self.postMessage({ ready: true });
}

function archiveOf(lesson) {
  return fetched(new URL(`${lesson}.zip`, places.archive).href);
}

function unpack(packed, lesson) {
  python.unpackArchive(packed, "zip", { extractDir: ENGINE });
  if (lesson) unpacked.add(lesson);
}

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.arrayBuffer();
}

// What a request needs beyond what is there: other lessons, and the big tables of the cases.
async function bring(asked) {
  for (const lesson of JSON.parse(needs.lessons(asked))) {
    if (unpacked.has(lesson)) continue;
    self.postMessage({ stage: "loading_engine" });
    unpack(await archiveOf(lesson), lesson);
  }
}

async function bringTables(asked) {
  for (const name of JSON.parse(needs.tables(asked))) {
    const file = `${name.replace(".", "/")}.csv`;
    const place = `${ENGINE}/cstrain/_datasets/${file}`;
    if (python.FS.analyzePath(place).exists) continue;
    self.postMessage({ stage: "loading_tables" });
    python.FS.writeFile(place, new Uint8Array(await fetched(places.tables + file)));
  }
}

async function answer({ id, request }) {
  const asked = JSON.stringify(request);
  const brought = [
    [bring, "not_loaded"],
    [bringTables, "tables_not_loaded"],
  ];
  for (const [work, failed] of brought) {
    try {
      await work(asked);
    } catch {
      self.postMessage({ id, failed });
      return;
    }
  }
  try {
    self.postMessage({ id, reply: JSON.parse(ask(asked)) });
  } catch (error) {
    self.postMessage({ id, failed: String(error) });
  }
}
