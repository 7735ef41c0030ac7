// One field of an exercise: label, form, and the findings on it. SHAPES is made by the bundler
// out of shapes/*.js, so that a new shape is a new file and nothing else here.
import { h, sentence, uid } from "./dom.js";
import { findingBlock, foldsPassed } from "./feedback.js";
import { isOpen } from "./marks.js";
import { describe, labelOf, undescribe } from "./shapes/inner.js";

/** Return the form of a field by its shape. */
export function createShape(field, value, ui) {
  const shape = SHAPES[field.shape];
  if (!shape) throw new Error(`shape ${field.shape}`);
  return shape.create(field, value, ui);
}

/** Return a field's block: {key, el, value, set, show, clear, needsRun, ran, previewed, around}. */
export function fieldBlock(field, value, ui) {
  const labelId = uid("l");
  const helpId = field.help ? uid("h") : null;
  const shape = createShape(field, value, { ...ui, labelId, inside: null });
  const findings = h("div", { class: "c-findings" });
  const help = helpId ? h("p", { class: "c-help", id: helpId }, sentence(field.help)) : null;
  const form = h("div", { class: "c-field-form" }, labelOf(field, shape, labelId, ui), help, shape.el);
  if (helpId) describe(shape, helpId);
  const shown = [];
  const clear = () => {
    for (const one of shown.splice(0)) takeAway(one);
    findings.replaceChildren();
  };
  return {
    key: field.key,
    when: field.when,
    el: h("div", { class: `c-field c-field-${field.shape}` }, form, findings),
    value: shape.value,
    set: shape.set,
    needsRun: shape.needsRun ?? (() => false),
    ran: shape.ran ?? (() => {}),
    previewed: shape.previewed ?? (() => {}),
    around: shape.around ?? (() => {}), // another field may have changed
    clear,
    show: (given) => {
      clear();
      shown.push(...showFindings(given, shape, findings, ui));
      return shown.filter((one) => isOpen(one.outcome)).map((one) => one.el);
    },
  };
}

function showFindings(given, shape, box, ui) {
  const placed = given.filter((one) => one.items?.some((item) => shape.part(item.key)?.slot));
  const about = {
    say: ui.say,
    part: shape.part,
    titled: placed.length > 1,
    folds: foldsPassed(given),
  };
  const blocks = given.map((one) => findingBlock(one, about));
  box.append(...blocks.map((one) => one.el));
  const whole = shape.part(null)?.controls.filter(Boolean) ?? [];
  return blocks.flatMap((one) => {
    // The controls of an item carry its own note; the whole field carries what is left.
    const controls = one.notes.length ? [] : whole;
    const all = [{ el: one.el, id: one.id, controls, outcome: one.outcome }, ...one.notes];
    all.forEach(attach);
    return all;
  });
}

function attach({ id, controls, outcome }) {
  const isWrong = outcome !== "passed" && outcome !== "not_attempted";
  for (const control of controls) {
    describe({ part: () => ({ controls: [control] }) }, id);
    if (isWrong && control.matches("input, select, textarea, [role=radiogroup]")) {
      control.setAttribute("aria-invalid", "true");
    }
  }
}

function takeAway({ el, id, controls }) {
  el.remove();
  for (const control of controls) {
    undescribe(control, id);
    control.removeAttribute("aria-invalid");
  }
}
