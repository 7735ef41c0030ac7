// A definition put together from choices; where an exercise offers it, a second tab is code.
import { button, h, uid } from "../dom.js";
import { previewPanel } from "../preview.js";
import { choiceShape } from "./choice.js";
import { codeWay } from "./code.js";

/** The shape `builder`. */
export const builderShape = {
  create(field, value, ui) {
    const choices = builderChoices(field, value, ui);
    if (!field.code) return { ...choices, value: () => builtValue(choices) };
    return twoWays(field, value, ui, choices);
  },
};

function builtValue(choices) {
  const chosen = choices.chosen();
  return chosen && { via: "builder", choices: chosen };
}

function builderChoices(field, value, ui) {
  const parts = field.parts?.length ? field.parts : [{ key: "", label: "" }];
  const blocks = parts.map((one) => builderPart(one, field, value, ui));
  const questions = blocks.flatMap((one) => one.questions);
  const el = h(
    "div",
    { class: "c-questions", role: "group", "aria-labelledby": ui.labelId },
    blocks.map((one) => one.el),
  );
  const part = (key) => {
    if (key === null) return { controls: [el] };
    const found = questions.find((one) => one.key === key);
    if (found) return { slot: found.slot, controls: found.shape.part(null).controls };
    const block = blocks.find((one) => one.key && one.key === key);
    return block ? { slot: block.slot, controls: [block.el] } : null;
  };
  return {
    el,
    part,
    chosen: () => chosenOf(questions),
    set: (given) => {
      questions.forEach((one) => one.shape.set(given?.choices?.[one.key]));
      blocks.forEach((one) => one.preview?.rested());
    },
    previewed: (message) => blocks.find((one) => one.key === message.part)?.preview?.heard(message),
  };
}

function builderPart(about, field, value, ui) {
  const slot = h("div", { class: "c-slot" });
  let preview = null;
  const own = { ...ui, inside: field.compact ? "table" : ui.inside };
  own.changed = () => {
    ui.changed();
    preview?.changed();
  };
  const mine = field.questions.filter((one) => (one.part ?? "") === about.key);
  const asked = (one, how) => builderQuestion(one, value?.choices?.[one.key], how);
  const before = mine.filter((one) => !one.after).map((one) => asked(one, own));
  // What is asked below the preview is asked about it: it changes nothing there.
  const after = mine.filter((one) => one.after).map((one) => asked(one, { ...own, changed: ui.changed }));
  const questions = [...before, ...after];
  if (field.preview) preview = previewPanel(previewAbout(about, field, before), ui);
  const form = field.compact ? fraction(before) : before.map((one) => one.el);
  const inside = [
    h("div", { class: field.compact ? "c-compact" : "c-questions" }, form),
    slot,
    preview?.el,
    after.length ? h("div", { class: "c-questions c-after" }, after.map((one) => one.el)) : null,
  ];
  const el = about.label
    ? h("fieldset", { class: "c-section c-part" }, h("legend", {}, about.label), inside)
    : h("div", { class: "c-part" }, inside);
  el.addEventListener("focusin", () => preview?.wake());
  return { key: about.key, el, slot, questions, preview };
}

function previewAbout(about, field, questions) {
  const open = () => questions.filter((one) => !one.shape.value()).map((one) => one.label);
  const choices = () => chosenOf(questions) ?? {};
  return { field: field.key, part: about.key, folds: about.key !== "", open, choices };
}

function builderQuestion(about, value, ui) {
  const labelId = uid("l");
  const shape = choiceShape.create(about, value, { ...ui, labelId });
  const named = { class: "c-label", id: labelId };
  const label = shape.control
    ? h("label", { ...named, for: shape.control.id }, about.label)
    : h("p", named, about.label);
  const slot = h("div", { class: "c-slot" });
  const el = h("div", { class: "c-question" }, label, shape.el, slot);
  return { key: about.key, label: about.label, place: about.place, slot, shape, el };
}

// What stands above and below the line is asked above and below a line.
function fraction(questions) {
  const above = questions.filter((one) => one.place === "above").map((one) => one.el);
  const below = questions.filter((one) => one.place === "below").map((one) => one.el);
  const others = questions.filter((one) => !one.place).map((one) => one.el);
  const line = h("hr", { class: "c-fraction-line", "aria-hidden": "true" });
  const stack = above.length && below.length ? [h("div", { class: "c-fraction" }, above, line, below)] : [...above, ...below];
  return others.length ? [...stack, h("div", { class: "c-questions" }, others)] : stack;
}

function chosenOf(questions) {
  const done = questions.map((one) => [one.key, one.shape.value()]).filter(([, one]) => one);
  return done.length ? Object.fromEntries(done) : undefined;
}

function twoWays(field, value, ui, choices) {
  const code = codeWay(field, value, ui);
  const back = button(ui.say("back_to_choices"), () => tabs.byHand(0, true), {
    class: "c-button c-small",
  });
  const codePanel = h("div", {}, code.el, ui.host === "page" ? null : back);
  const names = [ui.say("by_choices"), ui.say("by_code")];
  const tabs = tabbed(names, [choices.el, codePanel], ui.labelId, () => ui.changed());
  const byCode = () => tabs.chosen() === 1;
  const set = (given) => {
    choices.set(given);
    code.set(given);
    tabs.choose(given?.via === "code" ? 1 : 0);
  };
  set(value);
  return {
    el: tabs.el,
    value: () => (byCode() ? code.value() : undefined) ?? builtValue(choices),
    set,
    part: choices.part,
    previewed: choices.previewed,
    needsRun: () => byCode() && code.needsRun(),
    ran: code.ran,
  };
}

function tabbed(names, panels, labelId, changed) {
  let at = 0;
  const heads = names.map((name, place) => tabHead(name, panels[place], () => byHand(place)));
  const choose = (place, focus = false) => {
    at = place;
    heads.forEach((one, other) => {
      one.setAttribute("aria-selected", String(other === place));
      one.tabIndex = other === place ? 0 : -1;
      panels[other].hidden = other !== place;
    });
    if (focus) heads[place].focus();
  };
  const byHand = (place, focus) => {
    choose(place, focus);
    changed();
  };
  const list = h("div", { class: "c-tabs", role: "tablist", "aria-labelledby": labelId }, heads);
  list.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") byHand(1 - at, true);
  });
  const wrapped = panels.map((one, place) => tabPanel(one, heads[place]));
  return { el: h("div", { class: "c-two-ways" }, list, wrapped), choose, byHand, chosen: () => at };
}

function tabHead(name, panel, onclick) {
  return h("button", { type: "button", class: "c-tab", role: "tab", id: uid("t"), onclick }, name);
}

function tabPanel(panel, head) {
  const id = uid("p");
  head.setAttribute("aria-controls", id);
  return h("div", { id, class: "c-panel", role: "tabpanel", "aria-labelledby": head.id }, panel);
}
