// The learner's records in this browser: only ever added, drafts replaced by newer ones of the
// same tab. Without IndexedDB they live until the page is closed, and the learner is told.

const NAME = "cstrain";
const RECORDS = "records";
const SCHEMA = "cstrain.attempt";
const VERSION = 1;
const OPEN_MS = 5_000; // some private windows never answer

/** Return the store: {lasting, save, attempts, all, merge, onOther}. */
export async function openStore() {
  const other = typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;
  const shelf = keeping(await openShelf());
  const drafts = new Map(); // exercise -> id of this tab's draft
  const store = {
    lasting: shelf.lasting,
    onOther: () => {},
    attempts: async (exercise) => sorted(await shelf.read(exercise)),
    all: async () => sorted(await shelf.read()),
    save,
    merge,
  };
  if (other) other.onmessage = ({ data }) => store.onOther(data);

  async function save(record) {
    const { exercise } = record;
    const old = drafts.get(exercise);
    if (record.kind === "draft") drafts.set(exercise, record.id);
    else drafts.delete(exercise);
    await shelf.write([record], old);
    other?.postMessage([exercise]);
  }

  async function merge(records) {
    const known = new Set((await shelf.read()).map((one) => one.id));
    const added = records.filter((one) => !known.has(one.id));
    await shelf.write(added);
    other?.postMessage([...new Set(added.map((one) => one.exercise))]);
    return { added: added.length, known: records.length - added.length };
  }

  return store;
}

/** Return the record of an attempt made now, of the same form as the files in JupyterLab. */
export function newRecord(kind, exercise, answer, hints) {
  const lesson = exercise.split("/")[0];
  const id = randomId();
  return { schema: SCHEMA, version: VERSION, id, kind, lesson, exercise, answer, at: now(), hints };
}

/** Return records as the text of an export file. */
export function exportText(records) {
  const about = { schema: "cstrain.record", version: VERSION, exported_at: now() };
  return JSON.stringify({ ...about, attempts: records });
}

let lastMicroseconds = 0;

// Microseconds, so that two attempts of one tab never share a time, even if the clock is set back.
function now() {
  lastMicroseconds = Math.max(Date.now() * 1000, lastMicroseconds + 1);
  const day = new Date(Math.floor(lastMicroseconds / 1000)).toISOString().slice(0, -1);
  return `${day}${String(lastMicroseconds % 1000).padStart(3, "0")}Z`;
}

// crypto.randomUUID exists on https pages only; a book in a local network is often plain http.
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

// What comes next sorts after what is stored, even if the computer's clock was set back since.
function sorted(records) {
  for (const { at } of records) {
    const seen = Date.parse(`${at.slice(0, 23)}Z`) * 1000 + Number(at.slice(23, 26));
    if (seen > lastMicroseconds) lastMicroseconds = seen;
  }
  return records.sort((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1));
}

// What could not be written (no space left) stays in the page and goes along with the next write.
function keeping(shelf) {
  const unsaved = new Map();
  const read = async (exercise) => {
    const kept = [...unsaved.values()].filter((one) => !exercise || one.exercise === exercise);
    return [...(await shelf.read(exercise)), ...kept];
  };
  const write = async (records, old) => {
    records.forEach((one) => unsaved.set(one.id, one));
    if (old) unsaved.delete(old);
    const tried = [...unsaved.values()];
    await shelf.write(tried, old);
    tried.forEach((one) => unsaved.delete(one.id));
  };
  return { lasting: shelf.lasting, read, write };
}

async function openShelf() {
  try {
    const base = await Promise.race([opened(), late()]);
    return { lasting: true, read: (exercise) => read(base, exercise), write: writer(base) };
  } catch {
    return memoryShelf();
  }
}

function late() {
  return new Promise((_resolve, reject) => setTimeout(reject, OPEN_MS));
}

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const records = request.result.createObjectStore(RECORDS, { keyPath: "id" });
      records.createIndex("exercise", "exercise");
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function read(base, exercise) {
  return new Promise((resolve, reject) => {
    const records = base.transaction(RECORDS).objectStore(RECORDS);
    const request = exercise ? records.index("exercise").getAll(exercise) : records.getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function writer(base) {
  return (records, old) =>
    new Promise((resolve, reject) => {
      const work = base.transaction(RECORDS, "readwrite", { durability: "strict" });
      work.oncomplete = () => resolve();
      work.onerror = () => reject(work.error);
      work.onabort = () => reject(work.error);
      const shelf = work.objectStore(RECORDS);
      records.forEach((one) => shelf.put(one));
      if (old) shelf.delete(old);
      work.commit?.(); // a page that is being left waits for nobody
    });
}

function memoryShelf() {
  const records = new Map();
  const write = async (added, old) => {
    added.forEach((one) => records.set(one.id, one));
    if (old) records.delete(old);
  };
  const read = async (exercise) =>
    [...records.values()].filter((one) => !exercise || one.exercise === exercise);
  return { lasting: false, read, write };
}
