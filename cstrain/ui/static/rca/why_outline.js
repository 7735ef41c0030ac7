// The whys below a problem or a cause: ask on, branch, move, attach evidence, remove.
import { evidenceLine } from "./evidence.js";
import { childrenOf, entryOf, inOrder, newWhy, putAfter, putBetween, swapBy, takeOut, takeOutWhole, withBelow } from "./entries.js";
import { arrowBetween, isComposing, makeOutline, signButton, toolButton } from "./outline.js";
import { testLine } from "./why_test.js";

/**
 * Return {el, render, focus, part, addFirst}.
 * @param {{nodes: () => object[], head: () => string, deck: () => any,
 *   edit: (change: (nodes) => void, key?: string) => void, badge: (id: string) => object,
 *   tests, names, caseNow, store, host: string, scored: boolean}} about
 */
export function whyOutline(about, { tell, announce }) {
  const name = (id) => shownText(entryOf(about.nodes(), id)?.text, tell);
  const focus = (id) => outline.focus(id);
  const add = (put) => {
    let made = null;
    about.edit((nodes) => {
      made = put(nodes);
    });
    focus(made.id);
  };
  const deeper = (id) => {
    const below = childrenOf(about.nodes(), id);
    if (below.length) focus(below[0].id);
    else add((nodes) => pushed(nodes, newWhy(nodes, id)));
  };
  const beside = (id) =>
    add((nodes) => {
      const made = newWhy(nodes, entryOf(nodes, id).parent);
      putAfter(nodes, made, id);
      return made;
    });
  const between = (id) =>
    add((nodes) => {
      const made = newWhy(nodes, id);
      putBetween(nodes, made, id);
      return made;
    });
  const remove = (id, take) => {
    const ids = inOrder(about.nodes()).map(({ one }) => one.id);
    if (ids.length === 1 && !about.nodes()[0].text) return;
    const [words, count] = [name(id), withBelow(about.nodes(), id).size - 1];
    const at = ids.indexOf(id);
    about.edit((nodes) => {
      take(nodes, id);
      if (!nodes.length) nodes.push(newWhy(nodes, ""));
    });
    const left = inOrder(about.nodes()).map(({ one }) => one.id);
    focus(left[Math.max(0, Math.min(at - 1, left.length - 1))]);
    const more = take === takeOutWhole && count > 0;
    announce(more ? tell("removed_more", { words, count }) : tell("removed", { words }));
  };
  const move = (id, by) => {
    let done = false;
    about.edit((nodes) => (done = swapBy(nodes, id, by)));
    if (!done) return;
    focus(id);
    const { place, all } = inOrder(about.nodes()).find(({ one }) => one.id === id);
    announce(tell("moved", { words: name(id), place, all }));
  };
  const key = (event, id) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey) return;
    const ids = inOrder(about.nodes()).map(({ one }) => one.id);
    if (arrowBetween(event, ids, id, focus)) return;
    const way = whyKeyWay(event);
    if (!way) return;
    event.preventDefault();
    ({ deeper, beside, between, up: () => move(id, -1), down: () => move(id, 1), gone: () => remove(id, takeOut) })[way](id);
  };
  const make = (id) => {
    const proof = evidenceLine(
      {
        cards: () => entryOf(about.nodes(), id)?.evidence ?? [],
        change: (cards) => about.edit((nodes) => (entryOf(nodes, id).evidence = cards)),
        name: () => name(id),
        deck: about.deck,
      },
      tell,
    );
    const test = testLine(
      {
        ...about,
        name: () => name(id),
        why: () => entryOf(about.nodes(), id),
        edit: (change, key) => about.edit((nodes) => change(entryOf(nodes, id)), key && `${id} ${key}`),
        badge: () => about.badge(id),
      },
      tell,
    );
    const ask = toolButton(tell("ask_why"), () => deeper(id));
    const tools = [
      ask,
      toolButton(tell("ask_beside"), () => beside(id)),
      proof.opener,
      test.opener,
      toolButton(tell("ask_between"), () => between(id)),
      signButton("↑", tell("move_up"), () => move(id, -1)),
      signButton("↓", tell("move_down"), () => move(id, 1)),
      signButton("×", tell("remove"), () => remove(id, takeOutWhole)),
    ];
    const update = ({ all }) => {
      proof.show();
      test.show();
      const leaf = !childrenOf(about.nodes(), id).length;
      tools[0].hidden = !leaf;
      tools[4].hidden = leaf;
      tools[5].hidden = tools[6].hidden = all < 2;
    };
    return { tools, rest: [proof.el, test.el], update };
  };
  const outline = makeOutline({
    make,
    key,
    typed: (id, text) => about.edit((nodes) => (entryOf(nodes, id).text = text), `text ${id}`),
    badge: ({ level }) => String(level),
    name: ({ one, level }) => {
      const above = one.parent ? entryOf(about.nodes(), one.parent)?.text : about.head();
      return tell("why_of", { level, words: shownText(above, tell) });
    },
    placeholder: ({ level }) => (level === 1 ? tell("why_first") : tell("why_below")),
  });
  return {
    el: outline.el,
    render: (notes) => outline.render(inOrder(about.nodes()), notes),
    focus,
    part: outline.part,
  };
}

function pushed(nodes, made) {
  nodes.push(made);
  return made;
}

function whyKeyWay({ key, altKey, shiftKey, target }) {
  if (key === "Enter") return altKey ? "beside" : shiftKey ? "between" : "deeper";
  if (altKey && key === "ArrowUp") return "up";
  if (altKey && key === "ArrowDown") return "down";
  return (key === "Backspace" || key === "Delete") && target.value === "" ? "gone" : null;
}

/** Return a text as it is quoted in a sentence: short, and never nothing. */
export function shownText(text, tell, most = 60) {
  const plain = (text ?? "").trim();
  if (!plain) return tell("empty_entry");
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
