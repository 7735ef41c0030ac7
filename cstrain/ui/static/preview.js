// What a builder's choices select right now: asked of the host on every change, shown as a number
// and as rows with a mark each. Symbol and word always stand together, colour only adds to them.
import { button, h, trusted } from "./dom.js";

const CALM_MS = 300; // after the last change
const SILENCE_MS = 30_000;
const NUMBER = /^(?:-?[\d,]+(?:\.\d+)?|–|)$/;
const ROW_SYMBOLS = { above: "●", below: "◐", in: "●", changed: "✎", out: "–" };

/**
 * Return {el, changed, wake, heard} of one part of a builder.
 * @param {{field: string, part: string, folds: boolean, open: () => string[],
 *   choices: () => object}} about
 */
export function previewPanel(about, ui) {
  const { say } = ui;
  let serial = 0;
  let timer = 0;
  let asked = null; // the choices that were last asked for
  const number = h("div", { class: "c-preview-number", "aria-live": "polite" });
  const rest = h("div", {});
  const el = h("div", { class: "c-preview", role: "group", "aria-label": say("preview") }, number, rest);
  const note = (...parts) => {
    el.removeAttribute("aria-busy");
    number.replaceChildren(h("p", { class: "c-help" }, ...parts));
    rest.replaceChildren();
  };
  const ask = () => {
    serial += 1;
    asked = JSON.stringify(about.choices());
    el.setAttribute("aria-busy", "true");
    if (!rest.childElementCount) number.replaceChildren(h("p", { class: "c-help" }, say("preview_busy")));
    timer = setTimeout(silent, SILENCE_MS);
    ui.preview({ field: about.field, part: about.part, choices: about.choices(), serial }, silent);
  };
  const silent = () => {
    clearTimeout(timer);
    note(say("preview_silent"), " ", button(say("retry"), ask, { class: "c-button c-small" }));
  };
  const changed = () => {
    clearTimeout(timer);
    serial += 1; // what is under way is about older choices
    const open = about.open();
    if (open.length) return showOpen(open);
    timer = setTimeout(ask, CALM_MS);
    return undefined;
  };
  // A stored answer is shown when somebody turns to it: until then nothing is computed.
  const wake = () => {
    if (!about.open().length && asked !== JSON.stringify(about.choices())) changed();
  };
  const heard = (message) => {
    if (message.serial !== serial) return;
    clearTimeout(timer);
    if (message.busy) return note(message.busy);
    if (message.text) return note(message.text);
    el.removeAttribute("aria-busy");
    if (message.html) {
      number.replaceChildren(h("p", {}, h("strong", {}, message.head)));
      return void trusted(rest, message.html);
    }
    number.replaceChildren(...previewValues(message, say));
    rest.replaceChildren(...previewRows(message, about.folds));
    return undefined;
  };
  const showOpen = (open) => {
    note(say("preview_open"));
    number.append(h("ul", { class: "c-preview-open" }, open.map((one) => h("li", {}, one))));
  };
  const rested = () => {
    const open = about.open();
    if (open.length) showOpen(open);
    else note(say("preview_wake"));
    asked = null;
  };
  rested();
  return { el, changed, wake, heard, rested };
}

function previewValues({ values }, say) {
  const made = (one) => [
    h("strong", { class: "c-preview-value" }, one.number),
    one.sum ? " " : null,
    one.sum ? h("span", { class: "c-preview-sum" }, one.sum) : null,
  ];
  if (values.length === 1 && !values[0].group) return [h("p", {}, made(values[0]))];
  const rows = values.map((one) =>
    h("tr", {}, h("th", { scope: "row" }, one.group || say("preview_all")), h("td", {}, made(one))),
  );
  return [h("table", { class: "c-preview-groups" }, h("tbody", {}, rows))];
}

function previewRows(message, folds) {
  const counts = message.counts.map((one) =>
    h("li", { class: `c-row-${one.mark}` }, rowSymbol(one.mark), one.text),
  );
  const lines = message.rows.map((one) => [...one.cells, ...one.adds]);
  const heads = [...message.columns, ...message.adds];
  const sides = heads.map((_, at) => (lines.every((one) => NUMBER.test(one[at])) ? "c-amount" : null));
  const table = h(
    "table",
    { class: "c-preview-table" },
    folds ? null : h("caption", {}, message.caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        message.mark ? h("th", { scope: "col" }, message.mark) : null,
        heads.map((one, at) => h("th", { scope: "col", class: sides[at] }, one)),
      ),
    ),
    h("tbody", {}, message.rows.map((one, at) => previewRow(one, lines[at], sides, !message.mark))),
  );
  const box = { class: "c-preview-box", tabindex: 0, role: "group", "aria-label": message.caption };
  const listed = [
    h("div", box, table),
    message.rest ? h("p", { class: "c-help" }, message.rest) : null,
  ].filter(Boolean);
  const folded = () => [h("details", {}, h("summary", {}, message.caption), listed)];
  return [h("ul", { class: "c-preview-counts" }, counts), ...(folds ? folded() : listed)];
}

function previewRow(row, cells, sides, unmarked) {
  const made = cells.map((one, at) =>
    h(unmarked && !at ? "th" : "td", { class: sides[at], scope: unmarked && !at ? "row" : null }, one),
  );
  if (unmarked) return h("tr", {}, made);
  const word = h("span", { class: "c-row-word" }, rowSymbol(row.mark), row.word);
  const why = row.why ? h("span", { class: "c-row-why" }, row.why) : null;
  return h(
    "tr",
    { class: `c-row-${row.mark}` },
    h("th", { scope: "row" }, word, why),
    made,
  );
}

function rowSymbol(mark) {
  return h("span", { class: "c-row-symbol", "aria-hidden": "true" }, ROW_SYMBOLS[mark] ?? "");
}
