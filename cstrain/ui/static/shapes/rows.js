// A repeating group inside a form.
import { h } from "../dom.js";
import { innerField } from "./inner.js";
import { firstControl, removeButton, repeating, valuesOf } from "./repeat.js";

/** The shape `rows`. */
export const rowsShape = {
  create(field, value, ui) {
    const about = {
      least: field.least,
      add: field.add || ui.say("add_row"),
      css: "c-repeat",
    };
    const group = repeating(about, (given, remove) => groupRow(field, given, ui, remove), ui);
    group.set(value);
    const el = h(
      "div",
      { role: "group", "aria-labelledby": ui.labelId },
      group.list,
      h("div", {}, group.add),
    );
    return {
      el,
      value: group.value,
      set: group.set,
      part: (key) => (key === null ? { controls: [el] } : null),
    };
  },
};

function groupRow(field, value, ui, remove) {
  const inner = field.fields.map((one) => innerField(one, value?.[one.key], ui, "rows"));
  const number = h("span", { class: "c-row-number", "aria-hidden": "true" });
  const cross = removeButton(remove);
  const el = h(
    "div",
    { class: "c-repeat-row", role: "group" },
    number,
    h("div", { class: "c-repeat-fields" }, inner.map((one) => one.el)),
    cross,
  );
  return {
    el,
    value: () => valuesOf(inner),
    focus: () => firstControl(el).focus(),
    number: (n, removable) => {
      number.textContent = String(n);
      el.setAttribute("aria-label", `${field.label} ${n}`);
      cross.setAttribute("aria-label", ui.say("remove_row", { n }));
      cross.hidden = !removable;
    },
  };
}
