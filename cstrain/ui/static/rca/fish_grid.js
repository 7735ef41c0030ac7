// Measures by impact and effort: a square of 5 by 5, in which the numbers of the measures stand.
import { h } from "../dom.js";

const STEPS = [1, 2, 3, 4, 5];

/** Return {el, show}: show(measures) with their ratings, numbered as they stand. */
export function ratingGrid(tell) {
  const cells = new Map();
  const row = (impact) =>
    h("tr", {}, h("th", { scope: "row" }, String(impact)), STEPS.map((effort) => cell(impact, effort)));
  const cell = (impact, effort) => {
    const made = h("td", {});
    made.style.setProperty("--c-worth", `${Math.min(100, (100 * impact) / effort / 4)}%`);
    cells.set(`${impact} ${effort}`, made);
    return made;
  };
  const rows = [...STEPS].reverse().map(row);
  const head = h("tr", {}, h("td", {}), STEPS.map((effort) => h("th", { scope: "col" }, String(effort))));
  const el = h(
    "table",
    { class: "c-grid", hidden: true },
    h("caption", {}, tell("grid")),
    h("thead", {}, head),
    h("tbody", {}, rows),
  );
  let known = "";
  const show = (measures) => {
    const rated = measures.map(({ impact, effort, chosen }, at) => ({ n: at + 1, place: `${impact} ${effort}`, chosen }));
    const state = JSON.stringify(rated);
    if (state === known) return;
    known = state;
    el.hidden = !rated.some((one) => cells.has(one.place));
    for (const [place, made] of cells) {
      const here = rated.filter((one) => one.place === place);
      made.replaceChildren(...here.flatMap((one) => [h(one.chosen ? "strong" : "span", {}, String(one.n)), " "]));
    }
  };
  return { el, show };
}
