// Hints, one at a time, and the model answer.
import { button, h, trusted } from "./dom.js";

/** Return the hints' panel and button: {el, button, show, all}. */
export function hintAids(count, say, ask) {
  const html = [];
  const el = h("div", { class: "c-aids", "aria-live": "polite" });
  const more = button("", () => ask(html.length + 1));
  const name = () => {
    more.textContent = say("hint_next", { level: html.length + 1, all: count });
    more.hidden = html.length >= count;
  };
  const put = (level, text) => {
    if (html[level - 1] !== undefined) return null;
    html[level - 1] = text;
    const title = h("p", { class: "c-label" }, say("hint_title", { level }));
    const made = h("div", { class: "c-hint" }, title, trusted(h("div", {}), text));
    el.append(made);
    name();
    return made;
  };
  name();
  return { el, button: more, put, reset: (all) => all.forEach((one, at) => put(at + 1, one)) };
}

/** Return the model answer's panel: {el, put}. */
export function solutionAid(say) {
  const el = h("div", { class: "c-aids", "aria-live": "polite" });
  const put = (solution) => {
    const note = solution.note ? trusted(h("div", { class: "c-next" }), solution.note) : null;
    const shown = trusted(h("div", { class: "c-shown" }), solution.shown ?? "");
    const title = h("p", { class: "c-label" }, say("solution"));
    el.replaceChildren(h("div", { class: "c-solution" }, title, shown, note ?? ""));
    return el;
  };
  return { el, put };
}

/** Return the way to start again, which asks once, in its place: {button, el}. */
export function startAgain(say, clear) {
  const ask = h("div", { class: "c-ask", role: "group", hidden: true });
  const opener = button(say("again"), () => open(true), { class: "c-button c-quiet" });
  const open = (shown) => {
    ask.hidden = !shown;
    (shown ? no : opener).focus();
  };
  const yes = button(say("again_yes"), () => {
    open(false);
    clear();
  });
  const no = button(say("again_no"), () => open(false));
  ask.append(h("p", {}, say("again_ask")), h("div", { class: "c-row" }, yes, no));
  ask.setAttribute("aria-label", say("again"));
  return { button: opener, el: ask };
}
