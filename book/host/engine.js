// The page's one worker: started at the first question, asked one thing at a time, started anew
// after a time-out or a crash.

const SLOW_MS = 8_000;
const STILL_MS = 60_000; // without any progress while loading
const CHECK_MS = 20_000;
const NOT_THERE = new Set(["not_loaded", "tables_not_loaded"]);

/** A failure whose message is a key of the host's words. */
export class EngineError extends Error {}

/**
 * Return {ask, start, running, onStage}.
 * @param {{pyodide: string, archive: string, tables: string, lessons?: string[]}} places absolute
 * URLs of Pyodide, of the engine's core and of the big tables; the lessons of the page
 */
export function createEngine(places) {
  let current = null;
  let queue = Promise.resolve();
  const engine = { onStage: () => {}, ask, start, running: () => current !== null };

  /** Start the worker before anything is asked; a failure is told when something is. */
  function start() {
    if (current) return;
    current = startWorker(places, (stage) => engine.onStage(stage));
    const used = current;
    used.ready.catch(() => drop(used));
  }

  function drop(used) {
    used.stop();
    if (current === used) current = null;
  }

  /**
   * Return the promise of the reply; `limit` is how long Python may think, in milliseconds. What
   * is no longer wanted when its turn comes is not asked at all: the reply is null.
   */
  function ask(request, limit = CHECK_MS, wanted = () => true) {
    const asked = queue.then(() => (wanted() ? askNow(request, limit) : null));
    queue = asked.catch(() => {});
    return asked;
  }

  async function askNow(request, limit) {
    start();
    const used = current;
    try {
      await used.ready;
      return await used.ask(request, limit);
    } catch (error) {
      drop(used);
      throw error instanceof EngineError ? error : new EngineError("failed");
    }
  }

  return engine;
}

function startWorker(places, onStage) {
  if (typeof WebAssembly !== "object") return refused("no_wasm");
  let worker;
  try {
    worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  } catch {
    return refused("not_loaded");
  }
  const heard = {};
  worker.addEventListener("message", ({ data }) => heard[kindOf(data)]?.(data));
  worker.addEventListener("error", () => (heard.failed ?? heard.crashed)?.());
  const ready = loaded(heard, onStage);
  ready.catch(() => {});
  worker.postMessage({ start: places });
  return { ready, ask: asker(worker, heard, onStage), stop: () => worker.terminate() };
}

function kindOf(data) {
  if (data.ready) return "ready";
  if (data.stage) return "stage";
  return data.id === undefined ? "failed" : "reply";
}

function refused(code) {
  const ready = Promise.reject(new EngineError(code));
  ready.catch(() => {});
  return { ready, stop: () => {} };
}

function loaded(heard, onStage) {
  return new Promise((resolve, reject) => {
    let still = 0;
    const slow = setInterval(() => onStage("slow"), SLOW_MS);
    const done = (settle, value) => {
      clearTimeout(still);
      clearInterval(slow);
      delete heard.failed;
      delete heard.stage;
      settle(value);
    };
    const fail = () => done(reject, new EngineError("not_loaded"));
    const progress = () => {
      clearTimeout(still);
      still = setTimeout(fail, STILL_MS);
    };
    heard.failed = fail;
    heard.ready = () => done(resolve);
    heard.stage = ({ stage }) => {
      progress();
      onStage(stage);
    };
    progress();
  });
}

function asker(worker, heard, onStage) {
  let serial = 0;
  return (request, limit) =>
    new Promise((resolve, reject) => {
      serial += 1;
      const id = serial;
      let timer = 0;
      const wait = (most) => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(new EngineError("too_long")), most);
      };
      wait(limit);
      // While a table is being fetched Python does not think yet.
      heard.stage = ({ stage }) => {
        wait(STILL_MS + limit);
        onStage(stage);
      };
      heard.crashed = () => reject(new EngineError("failed"));
      heard.reply = (data) => {
        if (data.id !== id) return;
        clearTimeout(timer);
        if (NOT_THERE.has(data.failed)) reject(new EngineError(data.failed));
        else if (data.failed) reject(new EngineError("failed"));
        else resolve(data.reply);
      };
      worker.postMessage({ id, request });
    });
}
