// Outcomes: a symbol and a word always stand together, colour only adds to them.
import { h } from "./dom.js";

const SYMBOLS = { passed: "✓", partly: "△", failed: "○", not_attempted: "–", unreadable: "?" };

/** Return the mark of an outcome: symbol and word. */
export function outcomeMark(outcome, say) {
  const known = outcome in SYMBOLS ? outcome : "unreadable";
  return h(
    "span",
    { class: `c-mark c-is-${known}` },
    h("span", { "aria-hidden": "true", class: "c-symbol" }, SYMBOLS[known]),
    h("span", {}, say(`outcome_${known}`)),
  );
}

/** Return whether an outcome asks the learner to look again. */
export function isOpen(outcome) {
  return outcome !== "passed";
}
