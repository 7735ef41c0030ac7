// The answer that is edited: one plain value. Every edit makes a new one, so any can be undone.

const MOST_STEPS = 200;
const TYPING_MS = 1500; // letters typed one after the other are one step

/** Return {now, set, edit, amend, undo, redo, canUndo, canRedo} of a plain value. */
export function makeHistory(first) {
  let now = first;
  let past = [];
  let future = [];
  let last = { key: null, at: 0 };
  const forget = () => (last = { key: null, at: 0 });
  const set = (value) => {
    now = value;
    past = [];
    future = [];
    forget();
  };
  // `key` names what is being typed into; an edit without one is a step of its own.
  const edit = (change, key = null) => {
    const next = structuredClone(now);
    change(next);
    const at = performance.now();
    const typing = key !== null && last.key === key && at - last.at < TYPING_MS;
    if (!typing) past = [...past.slice(1 - MOST_STEPS), now];
    future = [];
    last = { key, at };
    now = next;
  };
  // What is found out about the answer goes into it without a step of its own.
  const amend = (change) => {
    const next = structuredClone(now);
    change(next);
    now = next;
  };
  const step = (from, to) => {
    if (!from.length) return false;
    to.push(now);
    now = from.pop();
    forget();
    return true;
  };
  return {
    now: () => now,
    set,
    edit,
    amend,
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
  };
}
