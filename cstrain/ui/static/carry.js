// Taking one's work away: the report and the certificate, each a file to open or to save.
import { button, h, makeSay, sentence, uid } from "./dom.js";

const NAME_KEY = "cstrain-name"; // the browser's own memory; the name goes nowhere else
const LONGEST_NAME = 60;

/**
 * Return {el, show, close}: the place for name, scope and the two documents, and what shows a
 * document that has come.
 * @param {{carry: {words: object, scopes: {key: string, label: string}[]}}} view
 * @param {(message: object) => void} send asks for a document
 */
export function carryAway(view, send) {
  const carried = makeSay(view.carry.words);
  const ids = { name: uid("name"), help: uid("help"), scope: uid("scope") };
  const name = h("input", {
    id: ids.name,
    class: "c-input",
    type: "text",
    maxlength: LONGEST_NAME,
    autocomplete: "name",
    "aria-describedby": ids.help,
    value: rememberedName(),
    onchange: () => rememberName(name.value),
  });
  const options = view.carry.scopes.map((one) => h("option", { value: one.key }, one.label));
  const scope = h("select", { id: ids.scope, class: "c-input" }, options);
  const urls = [];
  const place = h("div", { class: "c-carried" });
  const ask = (what) => {
    rememberName(name.value);
    place.replaceChildren(h("p", { class: "c-work" }, carried("working")));
    send({ do: "document", what, scope: scope.value, name: name.value });
  };
  const el = h(
    "section",
    { class: "c-carry", "aria-label": carried("title") },
    h("h4", {}, carried("title")),
    h(
      "div",
      { class: "c-row" },
      h("p", { class: "c-carry-field" }, h("label", { for: ids.scope }, carried("scope")), scope),
      h("p", { class: "c-carry-field" }, h("label", { for: ids.name }, carried("name")), name),
      h(
        "div",
        { class: "c-row" },
        button(carried("report"), () => ask("report")),
        button(carried("certificate"), () => ask("certificate")),
      ),
    ),
    h("p", { class: "c-help", id: ids.help }, carried("name_help")),
    h("div", { role: "status" }, place),
  );

  function show(message) {
    const url = URL.createObjectURL(new Blob([message.text], { type: "text/html" }));
    urls.push(url);
    const isProof = message.what === "certificate";
    const open = { href: url, target: "_blank", rel: "noopener", class: "c-button c-primary" };
    place.replaceChildren(
      h(
        "div",
        { class: "c-notice c-row" },
        h("strong", {}, carried("made", { what: carried(message.what) })),
        h("a", open, carried("open_file")),
        h("a", { href: url, download: message.name, class: "c-button" }, carried("save_file")),
        isProof ? h("p", { class: "c-help" }, carried("certificate_help")) : null,
      ),
    );
  }

  function refuse(text) {
    place.replaceChildren(h("p", { class: "c-notice c-problem" }, sentence(text)));
    if (!name.value.trim()) name.focus();
  }

  const clear = () => place.replaceChildren();
  return { el, show, refuse, clear, close: () => urls.forEach((one) => URL.revokeObjectURL(one)) };
}

function rememberedName() {
  try {
    return localStorage.getItem(NAME_KEY) ?? "";
  } catch {
    return ""; // a window that may keep nothing
  }
}

function rememberName(name) {
  try {
    localStorage.setItem(NAME_KEY, name.slice(0, LONGEST_NAME));
  } catch {
    /* the name has to be typed again next time */
  }
}
