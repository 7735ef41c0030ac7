// A field inside a form or a repeating row: label, control, help, and a place for findings.
import { h, sentence, uid } from "../dom.js";

/** Return a labelled control for a nested field: {el, key, value, set, part}. */
export function innerField(field, value, ui, inside = "form") {
  const labelId = uid("l");
  const helpId = field.help ? uid("h") : null;
  const shape = ui.create(field, value, { ...ui, labelId, inside });
  const slot = h("div", { class: "c-slot" });
  const help = helpId ? h("p", { class: "c-help", id: helpId }, sentence(field.help)) : null;
  const el = h(
    "div",
    { class: `c-inner c-inner-${field.shape}${field.lines > 1 ? " c-wide" : ""}` },
    labelOf(field, shape, labelId, ui),
    help,
    shape.el,
    slot,
  );
  if (helpId) describe(shape, helpId);
  return { el, slot, key: field.key, value: shape.value, set: shape.set, part: shape.part };
}

/** Return the visible label of a field, tied to its control where there is a single one. */
export function labelOf(field, shape, id, ui) {
  const extra =
    field.required === false ? h("span", { class: "c-optional" }, ui.say("optional")) : null;
  return shape.control
    ? h("label", { class: "c-label", id, for: shape.control.id }, field.label, extra)
    : h("div", { class: "c-label", id }, field.label, extra);
}

/** Add an id to what describes the controls of a shape. */
export function describe(shape, id) {
  for (const control of shape.part(null)?.controls ?? []) {
    const ids = (control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    if (!ids.includes(id)) control.setAttribute("aria-describedby", [...ids, id].join(" "));
  }
}

/** Take an id out of what describes an element. */
export function undescribe(control, id) {
  const ids = (control.getAttribute("aria-describedby") ?? "").split(" ");
  const left = ids.filter((one) => one && one !== id);
  if (left.length) control.setAttribute("aria-describedby", left.join(" "));
  else control.removeAttribute("aria-describedby");
}
