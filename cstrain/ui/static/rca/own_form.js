// A cause before a company's own data: table, cause, outcome, strata; below them what came out.
import { h, onTyped, sentence, setValue, trusted, uid } from "../dom.js";
import { showBadge } from "./badge.js";
import { filePicker } from "./exchange.js";
import { blankOwn } from "./own_answer.js";
import { changingMenu, labelled } from "./menu.js";
import { showText } from "./outline.js";

const CSV = ".csv,.txt,.tsv,text/csv,text/plain";
const HOWS = { text: ["is"], number: ["from", "upto", "is"], time: ["from", "upto"] };

/**
 * Return {el, update, focus} of the form of one cause.
 * @param {{own: () => object | null, edit: (change: (own) => void, key?: string) => void,
 *   badge: () => object | undefined, store, host: string, scored: boolean}} about
 */
export function ownForm(about, tell) {
  const { store } = about;
  const put = (change, key) =>
    about.edit((own) => {
      change(own);
      own.result = null; // what came out belongs to other choices
    }, key);
  const table = changingMenu((key) => put((own) => Object.assign(own, blankOwn(), { table: key })), tell("choose"));
  const bring = async (files) => {
    const opened = await store.bring(files[0], tell("file_large"));
    if (opened && opened !== about.own()?.table) put((own) => Object.assign(own, blankOwn(), { table: opened }));
  };
  const told = h("div", { class: "c-own-told", role: "status" });
  const exposure = pickPart("exposure", tell("own_exposure"), about, put, tell);
  const outcome = pickPart("outcome", tell("own_outcome"), about, put, tell);
  const strata = [0, 1].map((at) => stratumPart(at, about, put, tell));
  const result = resultPart(about, tell);
  const help = tell(about.host === "page" ? "own_help_page" : "own_help");
  const source = h("div", { class: "c-own-source" }, labelled(tell("own_table"), table.el), filePicker(tell("own_file"), false, bring, CSV));
  const el = h(
    "div",
    { class: "c-own" },
    h("p", { class: "c-help" }, help),
    about.scored ? h("p", { class: "c-help" }, tell("own_points")) : null,
    source,
    told,
    h("div", { class: "c-own-picks" }, exposure.el, outcome.el),
    h("div", { class: "c-test-form" }, strata.map((one) => one.el)),
    result.el,
  );
  el.addEventListener("focusin", () => store.load());
  let said = "";
  const update = () => {
    const own = about.own();
    if (!own) return;
    const known = store.tables() ?? [];
    table.show(withOwn(known.map((one) => ({ key: one.key, label: one.key })), own.table, (words) => tell("own_gone", { words }), store.tables() !== null), own.table);
    const now = JSON.stringify([store.told(), store.tables()?.length]);
    if (now !== said) {
      said = now;
      const none = store.tables()?.length === 0 && !store.told().length ? [tell("own_no_tables")] : store.told();
      told.replaceChildren(...none.map((one) => h("p", { class: "c-help" }, sentence(one))));
    }
    const columns = columnsOf(about, own);
    exposure.update(own, columns);
    outcome.update(own, columns);
    strata.forEach((one) => one.update(own, columns));
    result.update();
  };
  return { el, update, focus: () => table.el.focus() };
}

// What was chosen stays in a menu, also while its data are not at hand.
function withOwn(options, value, gone = (words) => words, known = true) {
  if (!value || options.some((one) => one.key === value)) return options;
  return [...options, { key: value, label: known ? gone(value) : value }];
}

function pickPart(name, what, about, put, tell) {
  const choose = (key) =>
    put((own) => {
      const kind = columnsOf(about, own).find((one) => one.key === key)?.kind ?? "text";
      own[name] = { column: key, how: HOWS[kind][0], value: "" };
    });
  const column = changingMenu(choose, tell("choose"), { "aria-label": tell("own_column", { what }) });
  const how = changingMenu((key) => put((own) => (own[name].how = key)), null);
  const menu = changingMenu((key) => put((own) => (own[name].value = key)), tell("choose"));
  const input = h("input", { class: "c-input", type: "text", maxlength: 300 });
  onTyped(input, () => put((own) => (own[name].value = input.value), `own ${name}`));
  const span = h("span", { class: "c-own-span", id: uid("h") });
  input.setAttribute("aria-describedby", span.id);
  const el = h(
    "fieldset",
    { class: "c-own-pick" },
    h("legend", { class: "c-label" }, what),
    h("div", { class: "c-own-row" }, column.el, how.el, menu.el, input),
    span,
  );
  const update = (own, columns) => {
    const pick = own[name];
    column.show(withOwn(columns, pick.column), pick.column, tell("own_column", { what }));
    const kind = columns.find((one) => one.key === pick.column)?.kind ?? (pick.how === "is" ? "text" : "number");
    const found = about.store.values(own.table, columns.length ? pick.column : "");
    how.show(HOWS[kind].map((key) => ({ key, label: tell(howWord(key, kind)) })), pick.how, tell("own_how", { what }));
    how.el.hidden = !pick.column || kind === "text";
    const byMenu = kind === "text";
    menu.el.hidden = !pick.column || !byMenu;
    input.hidden = !pick.column || byMenu;
    menu.show(withOwn((found?.values ?? []).map((key) => ({ key, label: key })), pick.value), pick.value);
    const [shown, other] = byMenu ? [menu.el, input] : [input, menu.el];
    shown.setAttribute("aria-label", tell("own_value", { what }));
    other.removeAttribute("aria-label");
    const type = kind === "time" ? "date" : "text";
    if (input.type !== type) input.type = type;
    input.inputMode = kind === "number" ? "decimal" : "";
    setValue(input, pick.value);
    showText(span, byMenu ? "" : (found?.span ?? ""));
  };
  return { el, update };
}

function columnsOf(about, own) {
  const known = (about.store.tables() ?? []).find((one) => one.key === own.table);
  return (known?.columns ?? []).map((one) => ({ ...one, label: one.key }));
}

function howWord(key, kind) {
  if (key === "is") return "own_is";
  const [from, upto] = kind === "time" ? ["own_since", "own_until"] : ["own_from", "own_upto"];
  return key === "from" ? from : upto;
}

function stratumPart(at, about, put, tell) {
  const choose = (key) =>
    put((own) => {
      const chosen = [...own.strata];
      chosen[at] = key;
      own.strata = chosen.filter(Boolean);
    });
  const menu = changingMenu(choose, tell("own_no_strata"));
  const el = labelled(tell("own_stratum", { n: at + 1 }), menu.el);
  const update = (own, columns) => {
    el.hidden = own.strata.length < at;
    const taken = [own.exposure.column, own.outcome.column, ...own.strata.filter((_, place) => place !== at)];
    menu.show(withOwn(columns.filter((one) => !taken.includes(one.key)), own.strata[at]), own.strata[at] ?? "");
  };
  return { el, update };
}

function resultPart(about, tell) {
  const said = h("p", { class: "c-help" });
  const badge = h("span", { class: "c-verdict-badge" });
  const effect = h("span", { class: "c-test-effect" });
  const whole = h("div", { class: "c-test-whole" });
  const el = h("div", { role: "status" }, said, h("div", { class: "c-test-head" }, badge, effect));
  let [html, told] = ["", null];
  const update = () => {
    const found = about.badge();
    const now = found ? (found.told ?? "") : tell("test_busy");
    if (now !== told) said.replaceChildren(sentence((told = now)));
    said.hidden = !now;
    showBadge(badge, found);
    showText(effect, found?.text ?? "");
    if ((found?.html ?? "") !== html) trusted(whole, (html = found?.html ?? ""));
  };
  return { el: h("div", {}, el, whole), update };
}
