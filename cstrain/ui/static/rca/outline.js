// Entries as an outline of text boxes. Rows are kept by id, so an edit changes only what differs;
// the tools of a row show while one works in it.
import { h, onTyped, setValue, trusted, uid } from "../dom.js";

/**
 * Return {el, render, focus, part, typing}.
 * @param {{make: (id: string) => {lead?: Element[], tools: Element[], rest: Element[],
 *   update: (item) => void}, typed: (id: string, text: string) => void,
 *   name: (item) => string, badge: (item) => string, key: (event, id: string) => void,
 *   placeholder: (item) => string}} about what differs between the outlines
 */
export function makeOutline(about) {
  const rows = new Map();
  const el = h("ol", { class: "c-outline" });
  let active = null;
  const activate = (row) => {
    if (active === row) return;
    active?.el.classList.remove("c-active");
    active = row;
    row?.el.classList.add("c-active");
  };
  whenTurnedTo(el, (target) => {
    const found = [...rows.values()].find((one) => one.el.contains(target));
    if (found) activate(found);
  });
  const render = (items, notes = {}) => {
    const wanted = new Set(items.map(({ one }) => one.id));
    for (const [id, row] of rows) {
      if (wanted.has(id)) continue;
      row.el.remove();
      rows.delete(id);
    }
    let at = el.firstElementChild;
    for (const item of items) {
      if (!rows.has(item.one.id)) rows.set(item.one.id, outlineRow(item.one.id, about));
      const row = rows.get(item.one.id);
      row.update(item, notes[item.one.id] ?? []);
      if (row.el === at) at = at.nextElementSibling;
      else el.insertBefore(row.el, at);
    }
  };
  const focus = (id, atEnd = true) => {
    const row = rows.get(id);
    if (!row) return false;
    activate(row);
    row.text.focus();
    if (atEnd) row.text.setSelectionRange(row.text.value.length, row.text.value.length);
    return true;
  };
  const part = (id) => {
    const row = rows.get(id);
    return row ? { slot: row.slot, controls: [row.text] } : null;
  };
  return { el, render, focus, part };
}

// Showing tools moves what lies below: while the pointer is down nothing moves, so that a click
// hits what it was aimed at.
function whenTurnedTo(el, turn) {
  let held = false;
  let waiting = null;
  const up = () => {
    held = false;
    if (waiting) setTimeout(() => (turn(waiting), (waiting = null)), 0);
  };
  el.addEventListener("pointerdown", () => {
    held = true;
    window.addEventListener("pointerup", up, { once: true });
    window.addEventListener("pointercancel", up, { once: true });
  });
  el.addEventListener("focusin", ({ target }) => {
    if (held) waiting = target;
    else turn(target);
  });
}

function outlineRow(id, about) {
  const notesId = uid("h");
  const badge = h("span", { class: "c-outline-badge", "aria-hidden": "true" });
  const text = h("textarea", {
    class: "c-input c-outline-text",
    id: uid("i"),
    rows: 1,
    "aria-describedby": notesId,
    onkeydown: (event) => about.key(event, id),
  });
  text.style.setProperty("--c-rows", "1");
  onTyped(text, () => {
    fitRows(text);
    about.typed(id, text.value.replace(/\n/g, " "));
  });
  const own = about.make(id);
  const notes = h("ul", { class: "c-entry-notes", id: notesId });
  const slot = h("div", { class: "c-slot" });
  const tools = h("div", { class: "c-tools" }, own.tools);
  const main = h("div", { class: "c-outline-main" }, own.lead, badge, text, own.beside);
  const el = h("li", { class: "c-entry", "data-id": id }, main, tools, own.rest, notes, slot);
  const showNotes = notesOf(notes);
  const update = (item, given) => {
    el.style.setProperty("--c-level", item.level);
    badge.textContent = about.badge(item);
    if (text.value !== item.one.text) {
      setValue(text, item.one.text);
      requestAnimationFrame(() => fitRows(text));
    }
    setAttribute(text, "aria-label", about.name(item));
    setAttribute(text, "placeholder", about.placeholder(item));
    own.update(item);
    showNotes(given);
  };
  return { el, text, slot, update };
}

/** Return what shows notes in a list, and changes nothing while they stay the same. */
export function notesOf(list) {
  let known = "[]";
  return (given) => {
    const state = JSON.stringify(given);
    if (state === known) return;
    known = state;
    list.replaceChildren(...given.map((one) => trusted(h("li", { class: one.quiet ? "c-quiet-note" : null }), one.html)));
  };
}

/** Write a text only where it differs: what is spoken aloud is then spoken once. */
export function showText(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

function setAttribute(el, name, value) {
  if (el.getAttribute(name) !== value) el.setAttribute(name, value);
}

function fitRows(text) {
  if (CSS.supports("field-sizing", "content") || !text.isConnected) return;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

/** Return whether a key belongs to an input method that is composing. */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

/** Go from text to text with the arrows; returns whether the key was one of these. */
export function arrowBetween(event, ids, id, focus) {
  const { key, target } = event;
  if (event.altKey || event.shiftKey || event.ctrlKey || event.metaKey) return false;
  const up = key === "ArrowUp" && target.selectionEnd === 0;
  const down = key === "ArrowDown" && target.selectionStart === target.value.length;
  if (!up && !down) return false;
  const next = ids[ids.indexOf(id) + (up ? -1 : 1)];
  if (!next) return false;
  event.preventDefault();
  focus(next);
  return true;
}

/** Return a small button with a visible word. */
export function toolButton(text, onclick, more = {}) {
  return h("button", { type: "button", class: "c-button c-small c-tool", onclick, ...more }, text);
}

/** Return a button with a symbol, named for whoever cannot see it. */
export function signButton(sign, name, onclick) {
  const made = h("button", { type: "button", class: "c-icon c-tool", onclick, title: name }, h("span", { "aria-hidden": "true" }, sign));
  made.setAttribute("aria-label", name);
  return made;
}
