// The parts around an exercise's form: heading, task, and the row of actions.
import { button, h, shownNumber, trusted } from "./dom.js";

/** Return the heading with points, minutes and the best result: {el, best}. */
export function exerciseHead(view, say) {
  const best = h("span", { class: "c-badge" });
  const el = h(
    "header",
    { class: "c-title" },
    h("h3", {}, h("span", { class: "c-number-badge" }, view.label), ` ${view.title}`),
    h(
      "p",
      { class: "c-meta" },
      h("span", {}, say("worth", { points: shownNumber(view.points) })),
      h("span", {}, say("minutes", { minutes: view.minutes })),
      best,
    ),
  );
  return { el, best };
}

/** Return the task, and the background where there is one. */
export function exerciseTask(view, say) {
  const situation = view.situation
    ? h(
        "details",
        { class: "c-situation", open: true },
        h("summary", {}, say("situation")),
        trusted(h("div", { class: "c-prose" }), view.situation),
      )
    : null;
  return h("div", { class: "c-task" }, trusted(h("div", { class: "c-prose" }), view.task), situation);
}

/** Return the row of actions: {el, check, spinner, word, saved}. */
export function exerciseActions(say, on) {
  const spinner = h("span", { class: "c-spinner", hidden: true, "aria-hidden": "true" });
  const word = h("span", {}, say("check"));
  const props = { type: "button", class: "c-button c-primary", onclick: on.check };
  const check = h("button", props, spinner, word);
  const saved = h("span", { class: "c-saved" });
  const [hint, again] = on.more;
  const solution = button(say("solution"), on.solution);
  const el = h("div", { class: "c-actions" }, check, hint, solution, again, saved);
  return { el, check, spinner, word, saved };
}
