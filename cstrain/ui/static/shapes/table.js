// A small table with fixed rows, or with free rows that can be added. On a phone: cards.
import { h, uid } from "../dom.js";
import { firstControl, removeButton, repeating, valuesOf } from "./repeat.js";

const MANY = 4;

/** The shape `table`. */
export const tableShape = {
  create(field, value, ui) {
    return field.rows ? fixedTable(field, value, ui) : freeTable(field, value, ui);
  },
};

function tableAround(field, ui, body, { last }) {
  const heads = field.columns.map((one) => h("th", { scope: "col", id: uid("c") }, one.label));
  const corner = h("td", { class: "c-corner" });
  const end = last ? h("td", { class: "c-corner" }) : null;
  const table = h(
    "table",
    { class: columnsClass(field), "aria-labelledby": ui.labelId },
    h("thead", {}, h("tr", {}, corner, heads, end)),
    body,
  );
  return { el: h("div", { class: "c-table-box" }, table), heads };
}

// Many columns share the width that is there; few are as wide as what they hold.
function columnsClass(field) {
  return field.columns.length > MANY ? "c-table c-many" : "c-table";
}

function tableCells(field, value, rowId, ui) {
  return field.columns.map((column) => {
    const shape = ui.create(column, value?.[column.key], { ...ui, labelId: rowId, inside: "table" });
    // Shown on a phone only, where the headings are gone; the control carries its own name.
    const label = h("span", { class: "c-cell-label", "aria-hidden": "true" }, column.label);
    const name = (row) => shape.control?.setAttribute("aria-label", `${row} ${column.label}`);
    return { key: column.key, el: h("td", {}, label, shape.el), name, ...pick(shape) };
  });
}

function pick(shape) {
  return { value: shape.value, set: shape.set, control: shape.control };
}

function noteRow(columns) {
  const slot = h("div", { class: "c-slot" });
  return { slot, el: h("tr", { class: "c-note-row" }, h("td", { colspan: columns }, slot)) };
}

function fixedTable(field, value, ui) {
  const rows = field.rows.map((row) => fixedRow(row, field, value?.[row.key], ui));
  const body = h("tbody", {}, rows.flatMap((one) => [one.el, one.note.el]));
  const { el } = tableAround(field, ui, body, { last: false });
  return {
    el,
    value: () => valuesOf(rows),
    set: (given) => rows.forEach((one) => one.set(given?.[one.key])),
    part: (key) => tablePart(rows, key),
  };
}

function fixedRow(row, field, value, ui) {
  const id = uid("r");
  const cells = tableCells(field, value, id, ui);
  const head = h("th", { scope: "row", id }, row.label);
  cells.forEach((one) => one.name(row.label));
  return {
    key: row.key,
    el: h("tr", {}, head, cells.map((one) => one.el)),
    note: noteRow(field.columns.length + 1),
    controls: cells.map((one) => one.control),
    value: () => valuesOf(cells),
    set: (given) => cells.forEach((one) => one.set(given?.[one.key])),
  };
}

function tablePart(rows, key) {
  if (key === null) return { controls: rows.flatMap((one) => one.controls) };
  const row = rows.find((one) => one.key === key);
  return row ? { slot: row.note.slot, controls: row.controls } : null;
}

function freeTable(field, value, ui) {
  const about = { least: field.least, most: field.most, add: ui.say("add_row"), tag: "tbody" };
  const group = repeating(about, (given, remove) => freeRow(field, given, ui, remove), ui);
  group.set(value);
  const { el } = tableAround(field, ui, group.list, { last: true });
  el.append(group.add);
  return {
    el,
    value: group.value,
    set: group.set,
    // Python numbers the rows it read: the filled ones, from 1.
    part: (key) => tablePart(numbered(group.rows), key),
  };
}

function numbered(rows) {
  return rows
    .filter((one) => one.value() !== undefined)
    .map((one, at) => ({ ...one, key: String(at + 1) }));
}

function freeRow(field, value, ui, remove) {
  const id = uid("r");
  const cells = tableCells(field, value, id, ui);
  const head = h("th", { scope: "row", id });
  const cross = removeButton(remove);
  const line = h("tr", {}, head, cells.map((one) => one.el), h("td", { class: "c-end" }, cross));
  const note = noteRow(field.columns.length + 2);
  return {
    rows: [line, note.el],
    note,
    controls: cells.map((one) => one.control),
    value: () => valuesOf(cells),
    focus: () => firstControl(line).focus(),
    number: (n, removable) => {
      head.textContent = String(n);
      cells.forEach((one) => one.name(n));
      cross.setAttribute("aria-label", ui.say("remove_row", { n }));
      cross.hidden = !removable;
    },
  };
}
