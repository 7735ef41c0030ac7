// The frame of an exercise or a record, in the way of anywidget: render({ model, el }).
import { mountExercise } from "./exercise.js";
import { mountRecord } from "./record.js";

/** Draw the model's view into the element; returns the function that takes it away again. */
export function render({ model, el }) {
  // Where a printable form stands beside the live one, the style sheet shows one of the two.
  el.closest(".cstrain-exercise, .cstrain-record")?.classList.add("cstrain-mounted");
  const mount = model.get("view").kind === "record" ? mountRecord : mountExercise;
  return mount(model, el);
}

export default { render };
