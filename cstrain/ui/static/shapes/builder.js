// A definition put together from choices; where an exercise offers it, a second tab is code.
import { button, h, uid } from "../dom.js";
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
  const questions = field.questions.map((one) => {
    const labelId = uid("l");
    const shape = choiceShape.create(one, value?.choices?.[one.key], { ...ui, labelId });
    const label = h("p", { class: "c-label", id: labelId }, one.label);
    const slot = h("div", { class: "c-slot" });
    return { key: one.key, slot, shape, el: h("div", { class: "c-question" }, label, shape.el, slot) };
  });
  const el = h(
    "div",
    { class: "c-questions", role: "group", "aria-labelledby": ui.labelId },
    questions.map((one) => one.el),
  );
  const part = (key) => {
    if (key === null) return { controls: [el] };
    const found = questions.find((one) => one.key === key);
    return found ? { slot: found.slot, controls: found.shape.part(null).controls } : null;
  };
  return {
    el,
    part,
    chosen: () => chosenOf(questions),
    set: (given) => questions.forEach((one) => one.shape.set(given?.choices?.[one.key])),
  };
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
