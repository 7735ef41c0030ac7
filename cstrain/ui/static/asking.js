// Questions to the host: one at a time, the latest of those that wait, never forever.

const PATIENCE_MS = 30_000;

/**
 * Return {ask, heard, working}.
 * @param {(message) => void} send gives a message to the host
 * @param {{busy: (kind: string | null) => void, silent: (make) => void}} on
 */
export function makeAsking(send, on) {
  let open = null;
  let next = null;
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, PATIENCE_MS);
  };
  const giveUp = () => {
    const silent = open;
    close();
    on.silent(silent);
  };
  const close = () => {
    clearTimeout(timer);
    open = null;
    on.busy(null);
  };
  const start = (make) => {
    const message = make();
    open = make;
    on.busy(message.do);
    wait();
    try {
      send(message);
    } catch {
      giveUp(); // a kernel that is gone answers nothing
    }
  };
  const ask = (make) => {
    if (open) next = make;
    else start(make);
  };
  const heard = () => {
    if (open) close();
    const make = next;
    next = null;
    if (make) start(make);
  };
  return { ask, heard, working: () => open && wait(), stop: () => clearTimeout(timer) };
}
