// A number as people type it, full-width digits included; reading it is Python's business.
import { h, onTyped, setValue, uid } from "../dom.js";

/** The shape `number`. */
export const numberShape = {
  create(field, value, ui) {
    const unitId = field.unit ? uid("u") : null;
    const input = h("input", {
      id: uid("i"),
      class: "c-input c-number",
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      maxlength: 60,
      "aria-describedby": unitId,
    });
    onTyped(input, () => ui.changed());
    const unit = field.unit ? h("span", { class: "c-unit", id: unitId }, field.unit) : null;
    const el = h("span", { class: "c-with-unit" }, input, unit);
    const set = (given) => setValue(input, given);
    set(value);
    return {
      el,
      control: input,
      value: () => input.value.trim() || undefined,
      set,
      part: (key) => (key === null ? { controls: [input] } : null),
    };
  },
};
