// Steps 1 and 2: the head with its size and standard, and the set of categories.
import { button, h, onTyped, setValue, uid } from "../dom.js";
import { bonesOf } from "./fish_answer.js";
import { changingMenu, labelled, listed } from "./menu.js";
import { notesOf } from "./outline.js";

const HEAD_LINES = { statement: 2, metric: 1, value: 1, standard: 1 };

export function headStep(fish) {
  const { tell } = fish;
  const boxes = Object.entries(HEAD_LINES).map(([key, rows]) => {
    const text = h("textarea", { class: "c-input", id: uid("i"), rows });
    text.style.setProperty("--c-rows", rows);
    onTyped(text, () => fish.edit((now) => (now.head[key] = text.value), `head ${key}`));
    return { key, text, el: labelled(tell(key), text, `c-head-${key}`) };
  });
  const given = h("p", { class: "c-help" });
  const notes = h("ul", { class: "c-entry-notes" });
  const showNotes = notesOf(notes);
  const render = () => {
    boxes.forEach((one) => setValue(one.text, fish.now().head[one.key]));
    given.textContent = fish.problem();
    given.hidden = !fish.problem();
    showNotes(fish.notes().head ?? []);
  };
  const done = () => {
    const count = boxes.filter((one) => fish.now().head[one.key].trim()).length;
    return count ? tell("step_done_1", { count }) : "";
  };
  return { el: h("div", {}, given, h("div", { class: "c-fish-head" }, boxes.map((one) => one.el)), notes), render, done };
}

export function schemeStep(fish) {
  const { tell, field } = fish;
  const menu = changingMenu((key) => chooseScheme(fish, key), null);
  const names = h("div", { class: "c-own-bones" });
  const rows = new Map();
  const add = button(tell("own_add"), () => addBone(), { class: "c-button c-small" });
  const addBone = () => {
    let made = null;
    fish.edit((now) => {
      made = freeBone(now.categories);
      now.categories.push({ id: made, name: "" });
    });
    rows.get(made).input.focus();
  };
  const render = () => {
    const { scheme, categories } = fish.now();
    menu.show(field.schemes.map(({ key, label }) => ({ key, label })), scheme);
    names.hidden = add.hidden = scheme !== "own";
    if (scheme !== "own") return;
    const known = new Set(categories.map((one) => one.id));
    for (const [id, row] of rows) if (!known.has(id)) (row.el.remove(), rows.delete(id));
    categories.forEach((one, at) => {
      if (!rows.has(one.id)) rows.set(one.id, boneRow(one.id, fish));
      const row = rows.get(one.id);
      setValue(row.input, one.name);
      row.input.setAttribute("aria-label", tell("own_bone", { n: at + 1 }));
      row.input.placeholder = tell("own_bone", { n: at + 1 });
      if (names.children[at] !== row.el) names.insertBefore(row.el, names.children[at] ?? null);
    });
  };
  const done = () => listed(fish.bones().map((one) => one.label), tell);
  return { el: h("div", {}, labelled(tell("scheme"), menu.el), names, add), render, done };
}

function boneRow(id, fish) {
  const input = h("input", { class: "c-input", type: "text", maxlength: 80 });
  onTyped(input, () =>
    fish.edit((now) => (now.categories.find((one) => one.id === id).name = input.value), `bone ${id}`),
  );
  const remove = () => {
    fish.edit((now) => {
      now.categories = now.categories.filter((one) => one.id !== id);
      homeless(now, fish.field.other.key);
    });
  };
  const cross = h("button", { type: "button", class: "c-icon", onclick: remove, "aria-label": fish.tell("remove") }, "×");
  return { el: h("div", { class: "c-own-bone" }, input, cross), input };
}

function freeBone(categories) {
  let number = categories.length + 1;
  while (categories.some((one) => one.id === `b${number}`)) number += 1;
  return `b${number}`;
}

function chooseScheme(fish, scheme) {
  let count = 0;
  fish.edit((now) => {
    now.scheme = scheme;
    const bones = bonesOf(scheme, fish.field.schemes);
    now.categories = bones.length ? bones : [1, 2, 3].map((n) => ({ id: `b${n}`, name: "" }));
    count = homeless(now, fish.field.other.key);
  });
  if (count) fish.announce(fish.tell("scheme_moved", { count }));
}

// Causes of a bone that is gone wait on one for what is not sorted yet.
function homeless(now, other) {
  const known = new Set(now.categories.map((one) => one.id));
  const moved = now.causes.filter((one) => !known.has(one.category));
  for (const one of moved) one.category = other;
  return moved.filter((one) => !one.parent && one.text.trim()).length;
}
