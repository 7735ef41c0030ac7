// A date as people type it, with the browser's calendar beside the box.
import { h, onTyped, setValue, uid } from "../dom.js";

const CALENDAR =
  '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">' +
  '<path d="M3 5h14v12H3zM3 9h14M7 3v4M13 3v4" fill="none" stroke="currentColor" ' +
  'stroke-width="1.6" stroke-linejoin="round"/></svg>';

/** The shape `date`. */
export const dateShape = {
  create(field, value, ui) {
    const input = h("input", {
      id: uid("i"),
      class: "c-input c-date",
      type: "text",
      autocomplete: "off",
      maxlength: 60,
      placeholder: ui.say("date_form"),
    });
    onTyped(input, () => ui.changed());
    const set = (given) => setValue(input, given);
    const el = h("span", { class: "c-with-unit" }, input, calendar(input, ui));
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

function calendar(input, ui) {
  const picker = h("input", { type: "date", class: "c-picker", tabindex: -1, "aria-hidden": "true" });
  if (!picker.showPicker) return null;
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    setValue(input, picker.value);
    ui.changed();
  });
  const open = () => {
    setValue(picker, input.value.trim());
    picker.showPicker();
  };
  const opener = h("button", { type: "button", class: "c-icon", onclick: open });
  opener.setAttribute("aria-label", ui.say("pick_date"));
  opener.innerHTML = CALENDAR;
  return h("span", { class: "c-calendar" }, opener, picker);
}
