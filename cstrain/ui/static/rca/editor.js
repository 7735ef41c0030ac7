// What both editors share: the answer with its history, the keys for undo, the question to Python.
import { button, h, isBlank } from "../dom.js";
import { makeHistory } from "./history.js";
import { makeInquiry } from "./inquiry.js";
import { pictureBox } from "./picture.js";

/**
 * Return {history, edit, amend, set, bar, picture, inquiry, replace, listen, around, deck, caseNow}.
 * @param {{field, ui, tell, blank: object, answer: () => object | undefined,
 *   empty?: () => object, render: () => void, shown: (message) => void}} about
 */
export function makeEditor(about) {
  const { field, ui, tell } = about;
  const history = makeHistory(about.blank);
  const caseNow = () => (field.case_field ? ui.valueOf(field.case_field) : undefined);
  const choices = () => {
    const answer = about.answer() ?? about.empty?.(); // some have a picture before the first word
    return isBlank(answer) ? null : { answer, case: caseNow() ?? "" };
  };
  const picture = pictureBox(about, () => inquiry.soon());
  const inquiry = makeInquiry({ field: field.key, choices }, ui, {
    waiting: picture.wait,
    silent: picture.silent,
    shown: (message) => {
      picture.show(message.picture);
      about.shown(message);
    },
  });
  const bar = undoBar(tell, (way) => turn(way));
  const changed = () => {
    about.render();
    bar.show(history);
    if (choices()) inquiry.soon();
    else inquiry.rest();
    ui.changed();
  };
  const edit = (change, key) => {
    history.edit(change, key);
    changed();
  };
  const amend = (change) => {
    history.amend(change);
    ui.changed();
  };
  const turn = (way) => {
    if (!history[way]()) return;
    changed();
    ui.announce(tell(way === "undo" ? "undone" : "redone"));
  };
  const listen = (el) => {
    el.addEventListener("keydown", (event) => undoKey(event, turn));
    el.addEventListener("focusin", () => inquiry.wake());
    el.addEventListener("pointerenter", () => inquiry.wake());
  };
  // Another field may have changed; only the case matters here.
  let knownCase = caseNow();
  const around = () => {
    if (caseNow() === knownCase) return;
    knownCase = caseNow();
    about.render();
    if (about.answer()) inquiry.wake();
  };
  const set = (value) => {
    history.set(value);
    bar.show(history);
    inquiry.rest();
    picture.rest();
    about.render();
  };
  // Cards of the case; null: there are none here, undefined: no case is chosen yet.
  const deck = () => {
    const decks = Object.keys(field.decks ?? {});
    if (!decks.length) return null;
    return field.case_field ? field.decks[caseNow()] : field.decks[decks[0]];
  };
  return { history, edit, amend, set, bar, picture, inquiry, listen, around, deck, caseNow, replace: (value) => edit((draft) => Object.assign(draft, value)) };
}

function undoBar(tell, turn) {
  const undo = button(tell("undo"), () => turn("undo"), { class: "c-button c-small c-quiet" });
  const redo = button(tell("redo"), () => turn("redo"), { class: "c-button c-small c-quiet" });
  const show = (history) => {
    undo.setAttribute("aria-disabled", String(!history.canUndo()));
    redo.setAttribute("aria-disabled", String(!history.canRedo()));
  };
  return { el: h("div", { class: "c-undo-bar" }, undo, redo), show };
}

function undoKey(event, turn) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  const key = event.key.toLowerCase();
  const way = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
  if (!way) return;
  event.preventDefault();
  event.stopPropagation();
  turn(way);
}
