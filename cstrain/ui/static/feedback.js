// Feedback on screen: the verdict beside the button, each finding beside its field.
import { h, prefersCalm, sentence, shownNumber, trusted, uid } from "./dom.js";
import { isOpen, outcomeMark } from "./marks.js";

const HOLD_MS = 8_000; // in which something above may still grow, such as a preview
const HEAD_PX = 80; // px that a page's fixed header may take
const OVER = ["pointerdown", "wheel", "keydown"];
const MOST_OPEN = 4; // so many findings on one field are shown whole; of more, those passed fold

/** Return the elements of a finding: {el, id, notes}; items with a place stand there instead. */
export function findingBlock(finding, about) {
  const { say, part, titled, folds } = about;
  const id = uid("f");
  const left = [];
  const notes = [];
  for (const item of finding.items ?? []) {
    const place = part(item.key);
    if (place?.slot) notes.push(placedNote(item, place, titled ? finding.title : "", say));
    else left.push(h("li", {}, itemBody(item, item.label, say)));
  }
  const body = [
    trusted(h("div", { class: "c-said" }), finding.text),
    left.length ? h("ul", { class: "c-items" }, left) : null,
    finding.next ? trusted(h("div", { class: "c-next" }), finding.next) : null,
  ];
  const head = [
    h("span", { class: "c-grow" }, outcomeMark(finding.outcome, say), " ", h("strong", {}, finding.title)),
    h("span", { class: "c-points" }, `${shownNumber(finding.points)}/${shownNumber(finding.of)}`),
  ];
  const css = `c-finding c-of-${finding.outcome}`;
  const el =
    folds && !isOpen(finding.outcome)
      ? h("details", { class: css, id }, h("summary", { class: "c-head" }, head), body)
      : h("div", { class: css, id }, h("div", { class: "c-head" }, head), body);
  return { el, id, notes, outcome: finding.outcome };
}

/** Return whether so many findings stand on one field that the passed ones fold. */
export function foldsPassed(findings) {
  return findings.length > MOST_OPEN;
}

function itemBody(item, label, say) {
  const title = label ? trusted(h("strong", {}), `${label} `) : null;
  return [outcomeMark(item.outcome, say), " ", title, trusted(h("span", {}), item.text)];
}

function placedNote(item, place, title, say) {
  const id = uid("f");
  const el = h("div", { class: `c-note c-of-${item.outcome}`, id }, itemBody(item, title, say));
  place.slot.append(el);
  return { el, id, controls: place.controls.filter(Boolean), outcome: item.outcome };
}

/** Fill the verdict: outcome, headline, and the way to the first open point. */
export function fillVerdict(box, feedback, say, first) {
  const line = h(
    "p",
    { class: "c-verdict-line" },
    outcomeMark(feedback.outcome, say),
    h("span", {}, sentence(feedback.headline)),
  );
  const go = first
    ? h("button", { type: "button", class: "c-link", onclick: () => bring(first) }, say("first_open"))
    : null;
  box.className = `c-verdict c-of-${feedback.outcome}`;
  box.replaceChildren(line, go ?? "");
}

/** Compare two elements by where they stand in the page: the one that is read first comes first. */
export function byPlace(one, other) {
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

/** Return the drawing and the notes of a feedback. */
export function feedbackExtras(feedback, say) {
  const notes = (feedback.notes ?? []).map((one) => trusted(h("li", {}), one));
  return [
    feedback.drawing ? trusted(h("div", { class: "c-drawing" }), feedback.drawing) : null,
    notes.length
      ? h("div", { class: "c-notes" }, h("p", { class: "c-label" }, say("notes")), h("ul", {}, notes))
      : null,
  ].filter(Boolean);
}

/** Scroll an element into view without moving the focus. */
export function bring(el, block = "center") {
  el.scrollIntoView({ block, behavior: prefersCalm() ? "auto" : "smooth" });
}

/**
 * Bring verdict and first open finding into sight, and keep them there while what stands above
 * still grows, until the learner takes over; returns the function that ends it.
 */
export function holdInSight(root, verdict, first) {
  const growth = new ResizeObserver(() => bringBoth(verdict, first));
  const end = () => {
    clearTimeout(timer);
    growth.disconnect();
    OVER.forEach((name) => window.removeEventListener(name, end, true));
  };
  const timer = setTimeout(end, HOLD_MS);
  OVER.forEach((name) => window.addEventListener(name, end, { capture: true, passive: true }));
  growth.observe(root); // calls back once at the beginning
  return end;
}

// Both where they fit together, else the verdict. In one movement: a second one would stop the
// first on its way.
function bringBoth(verdict, first) {
  const top = first?.getBoundingClientRect().top ?? 0;
  const tall = verdict.getBoundingClientRect().bottom - top;
  const isAbove = first && top < HEAD_PX && tall > 0 && tall < innerHeight - HEAD_PX;
  bring(isAbove ? first : verdict, "nearest");
}
