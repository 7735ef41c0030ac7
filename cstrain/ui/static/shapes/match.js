// Pairs: a menu for everything on the left; the things on the right can also be dragged there.
import { h, setValue, uid } from "../dom.js";
import { makeDraggable } from "../drag.js";

/** The shape `match`. */
export const matchShape = {
  create(field, value, ui) {
    const rows = field.left.map((one) => matchRow(one, field, ui, () => changed()));
    const chips = field.right.map((one) => matchChip(one, rows, ui, () => changed()));
    const show = () => showUsed(rows, chips, ui);
    const changed = () => {
      show();
      ui.changed();
    };
    const el = h(
      "div",
      { class: "c-match", role: "group", "aria-labelledby": ui.labelId },
      h("ul", { class: "c-chips" }, chips.map((one) => one.el)),
      h("ul", { class: "c-rows" }, rows.map((one) => one.el)),
    );
    const set = (given) => {
      rows.forEach((one) => setValue(one.menu, given?.[one.key]));
      show();
    };
    set(value);
    return { el, value: () => pairsOf(rows), set, part: (key) => matchPart(rows, key) };
  },
};

function matchRow(left, field, ui, changed) {
  const id = uid("i");
  const menu = h(
    "select",
    { class: "c-input", id, onchange: changed },
    h("option", { value: "" }, ui.say("choose")),
    field.right.map((one) => h("option", { value: one.key }, one.label)),
  );
  const slot = h("div", { class: "c-slot" });
  const el = h("li", { class: "c-match-row" }, h("label", { for: id, class: "c-grow" }, left.label), menu, slot);
  return { key: left.key, el, menu, slot };
}

function matchChip(right, rows, ui, changed) {
  const used = h("span", { class: "c-used" });
  const grip = h("span", { class: "c-grip", "aria-hidden": "true" });
  const el = h("li", { class: "c-chip" }, grip, h("span", { class: "c-grow" }, right.label), used);
  makeDraggable(el, grip, {
    zones: () => rows.map((one) => one.el),
    drop: (zone) => {
      setValue(rows.find((one) => one.el === zone).menu, right.key);
      changed();
    },
  });
  return { key: right.key, el, used };
}

function showUsed(rows, chips, ui) {
  for (const chip of chips) {
    const count = rows.filter((one) => one.menu.value === chip.key).length;
    chip.el.classList.toggle("c-is-used", count > 0);
    chip.used.textContent = count ? ui.say("used") : "";
  }
}

function pairsOf(rows) {
  const done = rows.filter((one) => one.menu.value).map((one) => [one.key, one.menu.value]);
  return done.length ? Object.fromEntries(done) : undefined;
}

function matchPart(rows, key) {
  if (key === null) return { controls: rows.map((one) => one.menu) };
  const row = rows.find((one) => one.key === key);
  return row ? { slot: row.slot, controls: [row.menu] } : null;
}
