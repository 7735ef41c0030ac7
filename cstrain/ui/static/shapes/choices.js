// Any number of options; the explicit "none of these" excludes the others.
import { h } from "../dom.js";

/** The shape `choices`. */
export const choicesShape = {
  create(field, value, ui) {
    const inputs = field.options.map((one) => h("input", { type: "checkbox", value: one.key }));
    const toggled = (changed) => {
      excludeNone(inputs, changed, field.none);
      ui.changed();
    };
    inputs.forEach((one) => one.addEventListener("change", () => toggled(one)));
    const options = field.options.map((one, at) =>
      h("label", { class: "c-option" }, inputs[at], h("span", {}, one.label)),
    );
    const el = h(
      "div",
      { class: "c-options", role: "group", "aria-labelledby": ui.labelId },
      options,
    );
    const set = (given) =>
      inputs.forEach((one) => (one.checked = Array.isArray(given) && given.includes(one.value)));
    set(value);
    return { el, value: () => checkedKeys(inputs), set, part: slotOf(el) };
  },
};

function checkedKeys(inputs) {
  const keys = inputs.filter((one) => one.checked).map((one) => one.value);
  return keys.length ? keys : undefined;
}

function excludeNone(inputs, changed, none) {
  if (!none || !changed.checked) return;
  for (const one of inputs) {
    if ((changed.value === none) !== (one.value === none)) one.checked = false;
  }
}

function slotOf(el) {
  return (key) => (key === null ? { controls: [el] } : null);
}
