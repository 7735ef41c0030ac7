// Python in the page's worker: loads Pyodide and the engine once, then answers requests.

const ENGINE = "/engine";
let ask = null;
let needed = null;
let files = null; // Python's file system
let tables = ""; // where the big tables lie

self.onmessage = ({ data }) => {
  if (data.start) start(data.start).catch((error) => self.postMessage({ failed: String(error) }));
  else answer(data);
};

async function start({ pyodide, archive, tables: place }) {
  tables = place;
  self.postMessage({ stage: "loading_python" });
  const packed = fetched(archive);
  const { loadPyodide } = await import(`${pyodide}pyodide.mjs`);
  const python = await loadPyodide({ indexURL: pyodide });
  self.postMessage({ stage: "loading_engine" });
  python.unpackArchive(await packed, "zip", { extractDir: ENGINE });
  files = python.FS;
  [ask, needed] = python.runPython(`
import json, sys
sys.path.insert(0, "${ENGINE}")
from cstrain.desk import reply, tables_needed
(
    lambda asked: json.dumps(reply(json.loads(asked))),
    lambda asked: json.dumps(tables_needed(json.loads(asked))),
)
`);
  self.postMessage({ ready: true });
}

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.arrayBuffer();
}

// The tables of the cases are big: each is fetched when something first needs it.
async function bring(names) {
  for (const name of names) {
    const file = `${name.replace(".", "/")}.csv`;
    const place = `${ENGINE}/cstrain/_datasets/${file}`;
    if (files.analyzePath(place).exists) continue;
    self.postMessage({ stage: "loading_tables" });
    files.writeFile(place, new Uint8Array(await fetched(tables + file)));
  }
}

async function answer({ id, request }) {
  const asked = JSON.stringify(request);
  try {
    await bring(JSON.parse(needed(asked)));
  } catch {
    self.postMessage({ id, failed: "tables_not_loaded" });
    return;
  }
  try {
    self.postMessage({ id, reply: JSON.parse(ask(asked)) });
  } catch (error) {
    self.postMessage({ id, failed: String(error) });
  }
}
