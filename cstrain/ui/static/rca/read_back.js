// The chain read in the learner's words, from the problem down ("why? because …") or from the
// bottom up ("therefore …"): every link is confirmed or broken, and where a path ends it is asked
// whether that is ours to change.
import { h } from "../dom.js";
import { childrenOf, entryOf, inOrder } from "./entries.js";
import { showText } from "./outline.js";
import { shownText } from "./why_outline.js";

/** Return {el, render}; `about` is that of the outline. */
export function readBack(about, { tell }) {
  const list = h("ol", { class: "c-back" });
  const help = h("p", { class: "c-help" });
  let down = false;
  const ways = readingWays([tell("read_down"), tell("read_up")], tell("read_way"), (first) => {
    down = first;
    render();
  });
  const el = h(
    "section",
    { class: "c-back-box", "aria-label": tell("read_back") },
    h("div", { class: "c-back-top" }, h("p", { class: "c-label" }, tell("read_back")), ways.el),
    help,
    list,
  );
  const lines = new Map();
  const lineOf = (id) => {
    if (!lines.has(id)) lines.set(id, backLine(id, about, tell));
    return lines.get(id);
  };
  const render = () => {
    const nodes = about.nodes();
    const order = down ? inOrder(nodes).map(({ one }) => one) : upwards(nodes);
    const written = order.filter((one) => one.text.trim());
    ways.show(down, written.length > 0);
    const said = down ? "read_down_help" : "read_back_help";
    help.textContent = tell(written.length ? said : "read_back_empty");
    const wanted = written.map((one) => lineOf(one.id));
    written.forEach((one, at) => wanted[at].update(one, nodes, down));
    const same = wanted.length === list.children.length && wanted.every((one, at) => list.children[at] === one.el);
    if (same) return;
    const held = document.activeElement;
    list.replaceChildren(...wanted.map((one) => one.el));
    if (held && list.contains(held)) held.focus();
  };
  return { el, render };
}

// Each path from its leaf up; what several paths share is read with the last of them.
function upwards(nodes) {
  const found = [];
  const order = inOrder(nodes);
  const waiting = new Map(order.map(({ one }) => [one.id, childrenOf(nodes, one.id).length]));
  for (const { one } of order) {
    if (waiting.get(one.id)) continue;
    let at = one;
    while (at) {
      found.push(at);
      const above = entryOf(nodes, at.parent);
      if (!above) break;
      waiting.set(above.id, waiting.get(above.id) - 1);
      at = waiting.get(above.id) ? null : above;
    }
  }
  return found;
}

function backLine(id, about, tell) {
  const sentence = h("p", { class: "c-back-said" });
  const held = twoFold([tell("holds"), tell("breaks")], (flag) =>
    about.edit((nodes) => (entryOf(nodes, id).back_test = flag)),
  );
  const question = h("p", { class: "c-back-ask" });
  const ours = twoFold([tell("ours"), tell("not_ours")], (flag) =>
    about.edit((nodes) => (entryOf(nodes, id).controllable = flag)),
  );
  const link = h("div", { class: "c-back-link" }, sentence, held.el);
  const end = h("div", { class: "c-back-end" }, question, ours.el);
  const el = h("li", { class: "c-back-line" });
  let [said, way] = ["", null];
  const update = (one, nodes, down) => {
    const above = one.parent ? entryOf(nodes, one.parent)?.text : about.head();
    const now = tell(down ? "because" : "therefore", { below: bare(one.text, tell), above: bare(above, tell) });
    if (now !== said) sentence.textContent = said = now;
    if (way !== down) {
      way = down; // the end of a path is read last on the way down, first on the way up
      el.replaceChildren(...(down ? [link, end] : [end, link]));
    }
    held.show(one.back_test, now);
    end.hidden = childrenOf(nodes, id).length > 0;
    const ask = tell("control", { words: bare(one.text, tell).replace(/[\u201c"](.*?)[\u201d"]/g, "\u2018$1\u2019") });
    showText(question, ask);
    ours.show(one.controllable, ask);
    el.classList.toggle("c-back-broken", one.back_test === false);
  };
  return { el, update };
}

// A text inside a sentence brings no full stop of its own.
function bare(text, tell) {
  return shownText((text ?? "").trim().replace(/[.\u3002;\uff1b]+$/, ""), tell, 200);
}

// Two buttons, one of which is always pressed.
function readingWays(names, label, choose) {
  const made = names.map((text, at) =>
    h("button", { type: "button", class: "c-toggle", onclick: () => choose(at === 0) }, text),
  );
  const el = h("div", { class: "c-toggles c-two-fold", role: "group", "aria-label": label }, made);
  const show = (first, shown) => {
    el.hidden = !shown;
    made.forEach((one, at) => one.setAttribute("aria-pressed", String(first === (at === 0))));
  };
  return { el, show };
}

/** Return two buttons, one of which may be pressed; pressing it again takes the choice back. */
export function twoFold(names, choose) {
  const made = names.map((text, at) =>
    h("button", { type: "button", class: "c-toggle", "aria-pressed": "false", onclick: () => choose(chosen === flags[at] ? null : flags[at]) }, text),
  );
  const flags = [true, false];
  let chosen = null;
  const el = h("div", { class: "c-toggles c-two-fold", role: "group" }, made);
  const show = (flag, label) => {
    chosen = flag;
    made.forEach((one, at) => one.setAttribute("aria-pressed", String(flag === flags[at])));
    el.setAttribute("aria-label", label);
  };
  return { el, show };
}
