// Python in the page's worker: loads Pyodide and the engine once, then answers requests.

let ask = null;

self.onmessage = ({ data }) => {
  if (data.start) start(data.start).catch((error) => self.postMessage({ failed: String(error) }));
  else answer(data);
};

async function start({ pyodide, archive }) {
  self.postMessage({ stage: "loading_python" });
  const packed = fetched(archive);
  const { loadPyodide } = await import(`${pyodide}pyodide.mjs`);
  const python = await loadPyodide({ indexURL: pyodide });
  self.postMessage({ stage: "loading_engine" });
  python.unpackArchive(await packed, "zip", { extractDir: "/engine" });
  ask = python.runPython(`
import json, sys
sys.path.insert(0, "/engine")
from cstrain.desk import reply
lambda asked: json.dumps(reply(json.loads(asked)))
`);
  self.postMessage({ ready: true });
}

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.arrayBuffer();
}

function answer({ id, request }) {
  try {
    self.postMessage({ id, reply: JSON.parse(ask(JSON.stringify(request))) });
  } catch (error) {
    self.postMessage({ id, failed: String(error) });
  }
}
