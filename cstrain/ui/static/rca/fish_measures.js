// Step 6: measures with the cause they are for, impact and effort, and the three that are chosen.
import { button, h, onTyped, setValue } from "../dom.js";
import { entryOf } from "./entries.js";
import { newMeasure, ratioOf } from "./fish_answer.js";
import { ratingGrid } from "./fish_grid.js";
import { changingMenu, listed } from "./menu.js";
import { isComposing, notesOf, showText, signButton } from "./outline.js";
import { shownText } from "./why_outline.js";

const RATED = [1, 2, 3, 4, 5].map((n) => ({ key: String(n), label: String(n) }));
const MOST_RANKED = 3;

export function measuresStep(fish) {
  const { tell } = fish;
  const rows = new Map();
  const list = h("ol", { class: "c-measures" });
  const rank = h("p", { class: "c-help", role: "status" });
  const grid = ratingGrid(tell);
  const add = (after = null) => {
    let made = null;
    fish.edit((now) => {
      const above = after && entryOf(now.measures, after);
      made = newMeasure(now.measures, above?.cause ?? "");
      now.measures.splice(above ? now.measures.indexOf(above) + 1 : now.measures.length, 0, made);
    });
    rows.get(made.id).text.focus();
  };
  const remove = (id) => {
    const at = fish.now().measures.findIndex((one) => one.id === id);
    const words = shownText(fish.now().measures[at].text, tell);
    fish.edit((now) => now.measures.splice(at, 1));
    const next = fish.now().measures[Math.max(0, at - 1)];
    (next ? rows.get(next.id).text : more).focus();
    fish.announce(tell("removed", { words }));
  };
  const more = button(tell("measure_add"), () => add(), { class: "c-button c-small" });
  const render = () => {
    const { measures } = fish.now();
    const causes = fish.written().map((one) => ({ key: one.id, label: shownText(one.text, tell) }));
    const wanted = new Set(measures.map((one) => one.id));
    for (const [id, row] of rows) if (!wanted.has(id)) (row.el.remove(), rows.delete(id));
    measures.forEach((one, at) => {
      if (!rows.has(one.id)) rows.set(one.id, measureRow(one.id, fish, { add, remove }));
      const row = rows.get(one.id);
      row.update(one, at + 1, causes, fish.notes()[one.id] ?? []);
      if (list.children[at] !== row.el) list.insertBefore(row.el, list.children[at] ?? null);
    });
    const best = measures.filter((one) => ratioOf(one) && one.text.trim()).sort((a, b) => ratioOf(b) - ratioOf(a)).slice(0, MOST_RANKED);
    grid.show(measures);
    rank.hidden = best.length < MOST_RANKED;
    const words = listed(best.map((one) => `${shownText(one.text, tell, 30)} ${shownRatio(one)}`), tell);
    if (!rank.hidden) showText(rank, tell("measures_rank", { words }));
  };
  const done = () => {
    const written = fish.now().measures.filter((one) => one.text.trim());
    const top = written.filter((one) => one.chosen).length;
    return written.length ? tell("step_done_6", { count: written.length, top }) : "";
  };
  const help = h("p", { class: "c-help" }, tell("impact_help"));
  return { el: h("div", {}, help, list, more, grid.el, rank), render, done, part: (id) => rows.get(id)?.part ?? null };
}

function measureRow(id, fish, { add, remove }) {
  const { tell } = fish;
  const put = (key, value, typing) =>
    fish.edit((now) => (entryOf(now.measures, id)[key] = value), typing ? `measure ${id} ${key}` : null);
  const number = h("span", { class: "c-outline-badge", "aria-hidden": "true" });
  const text = h("textarea", { class: "c-input c-outline-text", rows: 1, onkeydown: (event) => measureKey(event, id, add, remove) });
  text.style.setProperty("--c-rows", "1");
  onTyped(text, () => put("text", text.value.replace(/\n/g, " "), true));
  const cause = changingMenu((key) => put("cause", key), tell("for_cause"), { class: "c-input c-measure-cause" });
  const impact = changingMenu((key) => put("impact", Number(key) || null), "–");
  const effort = changingMenu((key) => put("effort", Number(key) || null), "–");
  const owner = h("input", { class: "c-input c-measure-owner", type: "text", maxlength: 60, placeholder: tell("owner") });
  onTyped(owner, () => put("owner", owner.value, true));
  const chosen = h("button", { type: "button", class: "c-toggle c-star", onclick: () => put("chosen", !entryOf(fish.now().measures, id).chosen) }, tell("choose_it"));
  const ratio = h("span", { class: "c-measure-ratio" });
  const cross = signButton("×", tell("remove"), () => remove(id));
  const notes = h("ul", { class: "c-entry-notes" });
  const slot = h("div", { class: "c-slot" });
  const rated = (label, menu) => h("span", { class: "c-rated" }, h("span", { "aria-hidden": "true" }, label), menu.el);
  const el = h(
    "li",
    { class: "c-measure" },
    h("div", { class: "c-measure-first" }, number, text, cross),
    h("div", { class: "c-measure-rest" }, cause.el, rated(tell("impact"), impact), rated(tell("effort"), effort), ratio, owner, chosen),
    notes,
    slot,
  );
  const showNotes = notesOf(notes);
  const update = (one, n, causes, given) => {
    const named = (key) => tell("measure_of", { n, label: tell(key) });
    showText(number, String(n));
    setValue(text, one.text);
    setValue(owner, one.owner);
    text.setAttribute("aria-label", tell("measure_n", { n }));
    text.placeholder = tell("measure_n", { n });
    owner.setAttribute("aria-label", named("owner"));
    cause.show(causes, one.cause, named("for_cause"));
    impact.show(RATED, one.impact ? String(one.impact) : "", named("impact"));
    effort.show(RATED, one.effort ? String(one.effort) : "", named("effort"));
    ratio.textContent = ratioOf(one) ? `${tell("ratio")} ${shownRatio(one)}` : "";
    chosen.setAttribute("aria-pressed", String(one.chosen));
    chosen.setAttribute("aria-label", named("choose_it"));
    el.classList.toggle("c-is-chosen", one.chosen);
    showNotes(given);
  };
  return { el, text, update, part: { slot, controls: [text] } };
}

function shownRatio(measure) {
  return ratioOf(measure).toFixed(1);
}

function measureKey(event, id, add, remove) {
  if (isComposing(event) || event.ctrlKey || event.metaKey) return;
  const { key, target } = event;
  const gone = (key === "Backspace" || key === "Delete") && target.value === "";
  if (key !== "Enter" && !gone) return;
  event.preventDefault();
  if (gone) remove(id);
  else add(id);
}
