// The code way. In a book page it is written and run here; in a notebook it has its own cell.
import { button, h, onTyped, setValue, uid } from "../dom.js";

const INDENT = "    ";

/** The shape `code`. */
export const codeShape = {
  create(field, value, ui) {
    const way = codeWay(field, value, ui);
    return {
      el: way.el,
      control: way.control,
      value: way.value,
      set: way.set,
      needsRun: way.needsRun,
      ran: way.ran,
      part: (key) => (key === null ? { controls: way.control ? [way.control] : [] } : null),
    };
  },
};

/** Return the panel for an answer by code, as the place allows it. */
export function codeWay(field, value, ui) {
  return ui.host === "page" ? codeEditor(field, value, ui) : codeShown(field, value, ui);
}

function codeShown(field, value, ui) {
  const source = h("pre", { class: "c-source", tabindex: 0, role: "group" });
  source.setAttribute("aria-label", ui.say("your_code"));
  const box = h("div", {}, h("p", {}, ui.say("answered_by_code")), source);
  const el = h("div", { class: "c-code" }, h("p", {}, ui.say("code_in_lab")), box);
  let given;
  const set = (one) => {
    given = one?.via === "code" ? one : undefined;
    box.hidden = !given?.source;
    source.textContent = given?.source ?? "";
  };
  set(value);
  return { el, value: () => given, set, needsRun: () => false, ran: () => {} };
}

function codeEditor(field, value, ui) {
  const area = codeArea(ui);
  const results = h("div", { class: "c-results", role: "status" });
  let kept = null;
  const show = () => showResults(results, kept, field, ui);
  onTyped(area, () => {
    kept = null; // results of an older source prove nothing
    show();
    ui.changed();
  });
  const set = (given) => {
    const byCode = given?.via === "code";
    setValue(area, (byCode && given.source) || field.code?.start?.trim() || "");
    kept = (byCode && given.results) || null;
    show();
  };
  set(value);
  const untouched = () => area.value.trim() === (field.code?.start ?? "").trim();
  const run = button(ui.say("run"), () => ui.run(), { class: "c-button c-small" });
  return {
    el: h(
      "div",
      { class: "c-code" },
      h("label", { class: "c-label", for: area.id }, ui.say("your_code")),
      h("p", { class: "c-help c-editor-keys" }, ui.say("code_keys")),
      area,
      h("div", {}, run),
      results,
    ),
    control: area,
    value: () => (untouched() ? undefined : codeValue(area.value, kept)),
    set,
    needsRun: () => !untouched() && kept === null,
    ran: (given) => {
      kept = given?.results ?? null;
      show();
    },
  };
}

function codeValue(source, results) {
  return results ? { via: "code", source, results } : { via: "code", source };
}

function codeArea(ui) {
  const area = h("textarea", {
    id: uid("i"),
    class: "c-input c-editor",
    rows: 8,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    wrap: "off",
    onkeydown: (event) => codeKey(event, area, () => ui.changed()),
  });
  area.style.setProperty("--c-rows", "8");
  return area;
}

// Tab indents; Escape first, then Tab, leaves the box: nobody is caught in it.
function codeKey(event, area, changed) {
  if (event.key === "Escape") {
    area.dataset.leave = "1";
    event.stopPropagation();
  } else if (event.key === "Tab" && !event.shiftKey && !area.dataset.leave && !event.isComposing) {
    event.preventDefault();
    area.setRangeText(INDENT, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input"));
    changed();
  } else if (event.key !== "Shift") {
    delete area.dataset.leave;
  }
}

function showResults(box, results, field, ui) {
  box.replaceChildren();
  if (!results) return;
  const seen = (field.cases ?? []).filter((one) => one.visible && one.key in results);
  const rows = seen.map((one, at) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, ui.say("case", { n: at + 1 })),
      h("td", {}, h("code", {}, resultText(results[one.key]))),
    ),
  );
  const hidden = (field.cases ?? []).filter((one) => !one.visible && one.key in results).length;
  if (rows.length) box.append(h("table", { class: "c-table" }, h("tbody", {}, rows)));
  if (hidden) box.append(h("p", { class: "c-help" }, ui.say("hidden_cases", { n: hidden })));
}

function resultText(result) {
  return typeof result?.error === "string" ? result.error : JSON.stringify(result);
}
