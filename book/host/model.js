// What a frame holds in its hand: the same few methods as the model of a Jupyter widget.

/** Return the model of one view; `onSend` gets what the frame sends. */
export function createModel(view, onSend) {
  const values = { view, state: {}, host: "page" };
  const listeners = new Map();
  const heard = (event, message) => [...(listeners.get(event) ?? [])].forEach((one) => one(message));
  const model = {
    get: (name) => values[name],
    on: (event, callback) => {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event).add(callback);
    },
    off: (event, callback) => listeners.get(event)?.delete(callback),
    send: (message) => onSend(model, message),
    deliver: (message) => heard("msg:custom", message),
    setState: (state) => {
      values.state = { hints: [], feedback: null, solution: null, points: null, ...state };
      heard("change:state");
    },
  };
  return model;
}
