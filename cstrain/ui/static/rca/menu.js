// A menu whose options change while one works; it is filled anew only when they do.
import { h, uid } from "../dom.js";

/** Return {el, show}: show(options, value, name) with options as [{key, label}]. */
export function changingMenu(chosen, first, more = {}) {
  const el = h("select", { class: "c-input", id: uid("i"), ...more, onchange: () => chosen(el.value) });
  let known = "";
  const show = (options, value, name) => {
    const state = JSON.stringify(options);
    if (state !== known) {
      known = state;
      const start = first === null ? [] : [h("option", { value: "" }, first)];
      el.replaceChildren(...start, ...options.map((one) => h("option", { value: one.key }, one.label)));
    }
    if (el.value !== (value ?? "")) el.value = value ?? "";
    if (name && el.getAttribute("aria-label") !== name) el.setAttribute("aria-label", name);
  };
  return { el, show };
}

/** Return a label with its control below it. */
export function labelled(text, control, css = "") {
  return h("div", { class: `c-labelled ${css}` }, h("label", { class: "c-label", for: control.id }, text), control);
}

/** Return several words as one list, as the language writes it. */
export function listed(words, tell) {
  return words.length ? words.reduce((first, then) => tell("listed", { first, then })) : "";
}
