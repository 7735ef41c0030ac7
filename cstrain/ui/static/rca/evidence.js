// What an entry rests on: cards of the case, or in an exercise without cards the learner's words.
import { button, h, uid } from "../dom.js";

const FOCUS_MS = 20; // the tools of a row that was just turned to are there a moment later

/**
 * Return {el, opener, show, close} of the evidence of one entry.
 * @param {{cards: () => string[], change: (cards: string[]) => void, name: () => string,
 *   deck: () => object[] | null | undefined}} about a deck is null where there are no cards, and
 *   undefined while the case is not chosen yet
 */
export function evidenceLine(about, tell) {
  const chips = h("ul", { class: "c-proofs" });
  const panel = h("div", { class: "c-proof-panel", role: "group", hidden: true });
  const opener = button(tell("evidence_add"), () => toggle(), {
    class: "c-button c-small c-tool",
    "aria-expanded": "false",
  });
  const toggle = () => open(panel.hidden);
  const open = (shown) => {
    panel.hidden = !shown;
    opener.setAttribute("aria-expanded", String(shown));
    if (!shown) return;
    panel.setAttribute("aria-label", tell("evidence_of", { words: about.name() }));
    panel.replaceChildren(...panelParts(about, tell, () => (open(false), opener.focus())));
    panel.querySelector("input")?.focus();
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    open(false);
    opener.focus();
  });
  let known = "";
  const show = () => {
    const deck = about.deck();
    const state = JSON.stringify([about.cards(), deck?.length]);
    if (state === known) return;
    known = state;
    chips.replaceChildren(...about.cards().map((one) => proofChip(one, deck, about, tell, opener)));
  };
  return { el: h("div", { class: "c-proof" }, chips, panel), opener, show, close: () => open(false) };
}

function proofChip(card, deck, about, tell, opener) {
  const text = deck?.find((one) => one.key === card)?.label;
  const take = () => {
    about.change(about.cards().filter((one) => one !== card));
    setTimeout(() => opener.focus(), FOCUS_MS);
  };
  const cross = h("button", { type: "button", class: "c-icon c-proof-take", onclick: take }, "×");
  cross.setAttribute("aria-label", tell("evidence_take", { card }));
  const key = text ? h("strong", {}, card) : null;
  return h("li", { title: text ?? null }, key, h("span", { class: "c-proof-text" }, text ?? card), cross);
}

function panelParts(about, tell, done) {
  const deck = about.deck();
  if (deck === undefined) return [h("p", { class: "c-help" }, tell("evidence_case")), closing(tell, done)];
  return deck === null ? ownProof(about, tell) : cardProofs(deck, about, tell, done);
}

function closing(tell, done) {
  return button(tell("evidence_close"), done, { class: "c-button c-small" });
}

function ownProof(about, tell) {
  const id = uid("i");
  const input = h("input", { class: "c-input c-proof-own", id, type: "text", maxlength: 300 });
  const keep = () => {
    const text = input.value.trim();
    if (text && !about.cards().includes(text)) about.change([...about.cards(), text]);
    input.value = "";
    input.focus();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    keep();
  });
  const label = h("label", { for: id, class: "c-label" }, tell("evidence_own"));
  return [label, h("div", { class: "c-row" }, input, button(tell("evidence_keep"), keep, { class: "c-button c-small" }))];
}

function cardProofs(deck, about, tell, done) {
  const find = h("input", { class: "c-input", type: "search", "aria-label": tell("evidence_find"), placeholder: tell("evidence_find") });
  const options = deck.map((card) => {
    const input = h("input", { type: "checkbox", value: card.key, checked: about.cards().includes(card.key) });
    const change = () => {
      const others = about.cards().filter((one) => one !== card.key);
      about.change(input.checked ? [...others, card.key] : others);
    };
    input.addEventListener("change", change);
    return h("label", { class: "c-option" }, input, h("span", {}, h("strong", {}, card.key), " ", card.label));
  });
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    options.forEach((one) => (one.hidden = !one.textContent.toLowerCase().includes(wanted)));
  });
  return [find, h("div", { class: "c-options c-proof-cards" }, options), closing(tell, done)];
}
