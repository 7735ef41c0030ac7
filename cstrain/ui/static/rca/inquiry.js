// Questions of an editor to Python: the picture with its notes a moment after the last edit, and
// acts, which are answered once. Nothing here waits for a check, holds one up, or moves the focus.

const PAUSE_MS = 350;
const NO_REPLY_MS = 30_000;

/**
 * Return {soon, act, heard, wake, rest}.
 * @param {{field: string, choices: () => object | null}} about null: nothing to ask yet
 * @param {{shown: (message) => void, waiting: () => void, silent: () => void}} on
 */
export function makeInquiry(about, ui, on) {
  let serial = 0;
  let timer = 0;
  let asked = null;
  const acts = new Map();
  const silent = () => {
    clearTimeout(timer);
    asked = null;
    on.silent();
  };
  const ask = () => {
    const choices = about.choices();
    if (!choices) return;
    serial += 1;
    asked = JSON.stringify(choices);
    on.waiting();
    timer = setTimeout(silent, NO_REPLY_MS);
    ui.preview({ field: about.field, part: "", choices, serial }, silent);
  };
  const soon = () => {
    clearTimeout(timer);
    serial += 1; // what is under way is about an older answer
    timer = setTimeout(ask, PAUSE_MS);
  };
  const wake = () => {
    const choices = about.choices();
    if (choices && asked !== JSON.stringify(choices)) soon();
  };
  // One after the other: a host that is asked for two at once answers only the later one.
  let queue = Promise.resolve();
  const act = (choices) => {
    const asked = queue.then(() => actNow(choices));
    queue = asked;
    return asked;
  };
  const actNow = (choices) =>
    new Promise((resolve) => {
      const mine = (acts.size ? Math.max(...acts.keys()) : serial) + 1;
      let late = 0;
      const done = (reply) => {
        clearTimeout(late);
        acts.delete(mine);
        resolve(reply);
      };
      const wait = () => {
        clearTimeout(late);
        late = setTimeout(() => done(null), NO_REPLY_MS);
      };
      wait();
      acts.set(mine, { done, wait });
      ui.preview({ field: about.field, part: "act", choices, serial: mine }, () => done(null));
    });
  const heard = (message) => {
    if (message.part === "act") {
      const act = acts.get(message.serial);
      if (message.busy) act?.wait(); // Python is on its way
      else act?.done(message);
      return;
    }
    if (message.serial !== serial) return;
    clearTimeout(timer);
    if (message.busy) {
      timer = setTimeout(silent, NO_REPLY_MS);
      on.waiting(message.busy);
      return;
    }
    if (message.picture === undefined) silent();
    else on.shown(message);
  };
  const rest = () => {
    clearTimeout(timer);
    serial += 1;
    asked = null;
  };
  return { soon, act, heard, wake, rest };
}
