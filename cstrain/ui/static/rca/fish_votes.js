// Steps 4 and 5: votes and marks, and whys below one cause.
import { h } from "../dom.js";
import { entryOf, inOrder, newWhy } from "./entries.js";
import { dugDepth } from "./fish_answer.js";
import { changingMenu, labelled } from "./menu.js";
import { signButton } from "./outline.js";
import { readBack } from "./read_back.js";
import { shownText, whyOutline } from "./why_outline.js";

export function votesStep(fish) {
  const { tell } = fish;
  const rows = new Map();
  const list = h("ul", { class: "c-votes" });
  const none = h("p", { class: "c-help" }, tell("cause_none"));
  const sorted = h("input", { type: "checkbox", onchange: () => render() });
  const sort = h("label", { class: "c-option c-votes-sort" }, sorted, h("span", {}, tell("vote_sort")));
  const render = () => {
    const causes = fish.written();
    if (sorted.checked) causes.sort((a, b) => b.votes - a.votes);
    none.hidden = causes.length > 0;
    sort.hidden = causes.length < 2;
    const wanted = new Set(causes.map((one) => one.id));
    for (const [id, row] of rows) if (!wanted.has(id)) (row.el.remove(), rows.delete(id));
    causes.forEach((one, at) => {
      if (!rows.has(one.id)) rows.set(one.id, voteRow(one.id, fish));
      const row = rows.get(one.id);
      row.update(one);
      if (list.children[at] === row.el) return;
      const held = document.activeElement;
      list.insertBefore(row.el, list.children[at] ?? null);
      if (row.el.contains(held)) held.focus();
    });
  };
  const done = () => {
    const causes = fish.written();
    const count = causes.reduce((sum, one) => sum + one.votes, 0);
    const top = causes.filter((one) => one.top).length;
    return count || top ? tell("step_done_4", { count, top }) : "";
  };
  return { el: h("div", {}, none, sort, list), render, done };
}

function voteRow(id, fish) {
  const { tell } = fish;
  const text = h("span", { class: "c-vote-text" });
  const bone = h("span", { class: "c-vote-bone" });
  const number = h("span", { class: "c-vote-number" });
  const by = (step) => {
    fish.edit((now) => {
      const one = entryOf(now.causes, id);
      one.votes = Math.max(0, one.votes + step);
    });
    const { text: words, votes: count } = entryOf(fish.now().causes, id);
    fish.announce(tell("voted", { words: shownText(words, tell), count }));
  };
  const less = signButton("−", "", () => by(-1));
  const more = signButton("+", "", () => by(1));
  const mark = h("button", { type: "button", class: "c-toggle c-star", onclick: () => fish.edit((now) => {
    const one = entryOf(now.causes, id);
    one.top = !one.top;
  }) }, tell("top"));
  const el = h("li", { class: "c-vote" }, h("span", { class: "c-grow" }, text, bone), h("span", { class: "c-vote-box" }, less, number, more), mark);
  const update = (one) => {
    const words = shownText(one.text, tell);
    text.textContent = shownText(one.text, tell, 300);
    bone.textContent = fish.boneName(one.category);
    number.textContent = String(one.votes);
    less.setAttribute("aria-label", tell("vote_less", { words }));
    more.setAttribute("aria-label", tell("vote_more", { words }));
    less.setAttribute("aria-disabled", String(one.votes === 0));
    mark.setAttribute("aria-label", tell("top_mark", { words }));
    mark.setAttribute("aria-pressed", String(one.top));
  };
  return { el, update };
}

export function digStep(fish) {
  const { tell } = fish;
  let cause = "";
  const choose = (id) => {
    cause = id;
    render();
  };
  const menu = changingMenu(choose, tell("choose"));
  const about = {
    nodes: () => fish.now().whys[cause] ?? [newWhy([], "")],
    head: () => entryOf(fish.now().causes, cause)?.text ?? "",
    deck: fish.deck,
    badge: (id) => fish.badges()[`${cause}/${id}`],
    tests: fish.field.tests ?? {},
    names: fish.field.case_names ?? {},
    caseNow: fish.caseNow,
    store: fish.store,
    host: fish.host,
    scored: Boolean(fish.field.case_field),
    edit: (change, key) =>
      fish.edit((now) => {
        now.whys[cause] ??= [newWhy([], "")];
        change(now.whys[cause]);
      }, key && `${cause} ${key}`),
  };
  const outline = whyOutline(about, fish);
  const back = readBack(about, fish);
  const none = h("p", { class: "c-help" }, tell("cause_none"));
  const box = h("div", {}, outline.el, back.el);
  const picker = labelled(tell("dig_which"), menu.el);
  const render = () => {
    const causes = fish.written();
    if (!entryOf(causes, cause)) cause = (causes.find((one) => dugDepth(fish.now().whys[one.id])) ?? causes.find((one) => one.top))?.id ?? "";
    none.hidden = causes.length > 0;
    picker.hidden = !causes.length;
    // The marked ones first: these are worth digging.
    const ranked = [...causes].sort((a, b) => Number(b.top) - Number(a.top));
    menu.show(ranked.map((one) => ({ key: one.id, label: digLabel(one, fish) })), cause);
    box.hidden = !cause;
    if (!cause) return;
    outline.render(whyNotes(fish.notes(), cause));
    back.render();
  };
  const done = () => {
    const count = Math.max(0, ...Object.values(fish.now().whys).map(dugDepth));
    return count ? tell("step_done_5", { count }) : "";
  };
  return { el: h("div", { class: "c-dig" }, none, picker, box), render, done, part: outline.part };
}

function digLabel(one, fish) {
  const words = `${one.top ? "★ " : ""}${shownText(one.text, fish.tell)}`;
  const count = dugDepth(fish.now().whys[one.id]);
  return count ? fish.tell("dig_depth", { words, count }) : words;
}

function whyNotes(notes, cause) {
  const mine = Object.entries(notes).filter(([key]) => key.startsWith(`${cause}/`));
  return Object.fromEntries(mine.map(([key, many]) => [key.slice(cause.length + 1), many]));
}
