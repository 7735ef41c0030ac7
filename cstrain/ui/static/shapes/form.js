// A structured form: sections of fields, some of them repeating.
import { h } from "../dom.js";
import { innerField } from "./inner.js";
import { valuesOf } from "./repeat.js";

/** The shape `form`. */
export const formShape = {
  create(field, value, ui) {
    const inner = [];
    const sections = field.sections.map((section) => {
      const made = section.fields.map((one) => innerField(one, value?.[one.key], ui));
      inner.push(...made);
      return h(
        "fieldset",
        { class: "c-section" },
        h("legend", {}, section.title),
        h("div", { class: "c-inner-grid" }, made.map((one) => one.el)),
      );
    });
    const el = h(
      "div",
      { class: "c-form", role: "group", "aria-labelledby": ui.labelId },
      sections,
    );
    return {
      el,
      value: () => valuesOf(inner),
      set: (given) => inner.forEach((one) => one.set(given?.[one.key])),
      part: (key) => formPart(inner, key, el),
    };
  },
};

function formPart(inner, key, el) {
  if (key === null) return { controls: [el] };
  const found = inner.find((one) => one.key === key);
  return found ? { slot: found.slot, controls: found.part(null)?.controls ?? [] } : null;
}
