// One option out of several: radio buttons, or a menu where room is short.
import { h, setValue, uid } from "../dom.js";

const MOST_RADIOS_INSIDE = 4; // inside a form more options than this are a menu

/** The shape `choice`. */
export const choiceShape = {
  create(field, value, ui) {
    const asMenu =
      ui.inside === "table" || (ui.inside && field.options.length > MOST_RADIOS_INSIDE);
    return asMenu ? menuChoice(field, value, ui) : radioChoice(field, value, ui);
  },
};

function menuChoice(field, value, ui) {
  const el = h(
    "select",
    { id: uid("i"), class: "c-input", onchange: () => ui.changed() },
    h("option", { value: "" }, ui.say("choose")),
    field.options.map((one) => h("option", { value: one.key }, one.label)),
  );
  const set = (given) => setValue(el, given);
  set(value);
  return {
    el,
    control: el,
    value: () => el.value || undefined,
    set,
    part: (key) => (key === null ? { controls: [el] } : null),
  };
}

function radioChoice(field, value, ui) {
  const name = uid("n");
  const inputs = field.options.map((one) =>
    h("input", { type: "radio", name, value: one.key, onchange: () => ui.changed() }),
  );
  const options = field.options.map((one, at) =>
    h("label", { class: "c-option" }, inputs[at], h("span", {}, one.label)),
  );
  const el = h(
    "div",
    { class: "c-options", role: "radiogroup", "aria-labelledby": ui.labelId },
    options,
  );
  const set = (given) => inputs.forEach((one) => (one.checked = one.value === given));
  set(value);
  return {
    el,
    value: () => inputs.find((one) => one.checked)?.value,
    set,
    part: (key) => (key === null ? { controls: [el] } : null),
  };
}
