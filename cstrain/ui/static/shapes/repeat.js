// Rows that the learner adds and removes, each with the same fields.
import { button, h, isBlank } from "../dom.js";

const MOST = 200; // rows; Python reads no more

/**
 * Return a growing list of rows.
 * @param {{least: number, most?: number, add: string}} about
 * @param {(value) => {el, value: () => any, focus: () => void, number: (n) => void}} makeRow
 */
export function repeating(about, makeRow, ui) {
  const most = about.most ?? MOST;
  const rows = [];
  const list = h(about.tag ?? "div", { class: about.css });
  const add = button(about.add, () => addByHand(), { class: "c-button c-small c-add" });
  const renumber = () => {
    rows.forEach((one, at) => one.number(at + 1, rows.length > 1));
    add.setAttribute("aria-disabled", String(rows.length >= most));
  };
  const remove = (row) => {
    const at = rows.indexOf(row);
    rows.splice(at, 1);
    removeRow(row);
    renumber();
    (rows[Math.min(at, rows.length - 1)] ?? { focus: () => add.focus() }).focus();
    ui.changed();
  };
  const append = (value) => {
    const row = makeRow(value, () => remove(row));
    rows.push(row);
    list.append(...(row.rows ?? [row.el]));
    return row;
  };
  const addByHand = () => {
    if (rows.length >= most) return;
    const row = append(undefined);
    renumber();
    row.focus();
  };
  const set = (values) => {
    const given = Array.isArray(values) ? values : [];
    rows.splice(0).forEach(removeRow);
    const count = Math.max(given.length, about.least ?? 1);
    for (let at = 0; at < count; at += 1) append(given[at]);
    renumber();
  };
  return { list, add, rows, set, value: () => filled(rows) };
}

// A table row comes with the row for its findings: both go together.
function removeRow(row) {
  for (const el of row.rows ?? [row.el]) el.remove();
}

function filled(rows) {
  const values = rows.map((one) => one.value()).filter((one) => !isBlank(one));
  return values.length ? values : undefined;
}

/** Return the button that removes a row; its name, with the row's number, is set by the row. */
export function removeButton(onclick) {
  const cross = h("span", { "aria-hidden": "true" }, "×");
  return h("button", { type: "button", class: "c-icon c-remove", onclick }, cross);
}

/** Return {key: value} of controls that have a value, undefined when none has. */
export function valuesOf(controls) {
  const done = controls.map((one) => [one.key, one.value()]).filter(([, value]) => !isBlank(value));
  return done.length ? Object.fromEntries(done) : undefined;
}

/** Return the first place inside an element where typing can begin. */
export function firstControl(el) {
  return el.querySelector("input:not(.c-picker), select, textarea, button");
}
