// The record of a lesson: points per exercise, and taking the answers along as a file.
import { button, h, keepKeys, makeSay, sentence, shownNumber } from "./dom.js";
import { makeAsking } from "./asking.js";
import { carryAway } from "./carry.js";
import { outcomeMark } from "./marks.js";

const LARGEST_FILE = 50_000_000; // bytes; Python reads no more either

/** Show the record in an element; returns the function that takes it away again. */
export function mountRecord(model, el) {
  const frame = new RecordFrame(model, el);
  return () => frame.close();
}

class RecordFrame {
  constructor(model, el) {
    this.model = model;
    this.view = model.get("view");
    this.say = makeSay(this.view.words);
    this.asking = makeAsking((message) => model.send(message), {
      busy: (kind) => this.root?.setAttribute("aria-busy", String(kind !== null)),
      silent: () => this.showError(this.say("no_answer")),
    });
    this.build(el);
    this.showScore(model.get("state")?.score);
    this.showStored(model.get("state")?.problems ?? []);
    this.listen();
    if (!model.get("state")?.score) this.asking.ask(() => ({ do: "score" }));
  }

  build(el) {
    this.total = h("p", { class: "c-total" });
    this.body = h("tbody");
    this.status = h("div", { role: "status", class: "c-status" });
    this.carry = this.view.carry
      ? carryAway(this.view, (message) => this.asking.ask(() => message))
      : null;
    const names = [this.say("exercise"), this.say("outcome"), this.say("score_points")];
    const heads = names.map((one) => h("th", { scope: "col" }, one));
    const table = h("table", { class: "c-table c-score" }, h("thead", {}, h("tr", {}, heads)), this.body);
    const title = this.say("record_title", { title: this.view.title });
    this.root = h(
      "section",
      {
        class: "cstrain cstrain-live",
        lang: this.view.lang,
        "aria-label": title,
      },
      h("header", { class: "c-title" }, h("h3", {}, title)),
      this.total,
      h("div", { class: "c-table-box" }, table),
      this.carry?.el,
      this.exchangeElement(),
      this.status,
    );
    keepKeys(this.root);
    el.append(this.root);
  }

  exchangeElement() {
    const input = h("input", { type: "file", accept: ".json,application/json", class: "c-sr" });
    input.addEventListener("change", () => {
      this.read(input.files[0]);
      input.value = "";
    });
    const pick = h("label", { class: "c-drop" }, h("span", {}, this.say("import")), input);
    for (const name of ["dragover", "dragleave", "drop"]) {
      pick.addEventListener(name, (event) => this.dropped(event, pick));
    }
    const save = button(this.say("export"), () => this.asking.ask(() => ({ do: "export" })));
    return h(
      "div",
      { class: "c-exchange" },
      h("div", { class: "c-row" }, save, pick),
      h("p", { class: "c-help" }, this.say("privacy")),
    );
  }

  dropped(event, zone) {
    event.preventDefault();
    zone.classList.toggle("c-over", event.type === "dragover");
    if (event.type === "drop") this.read(event.dataTransfer.files[0]);
  }

  async read(file) {
    if (!file) return;
    if (file.size > LARGEST_FILE) {
      this.show([h("p", { class: "c-notice c-problem" }, this.say("file_too_large"))]);
      return;
    }
    const text = await file.text();
    this.asking.ask(() => ({ do: "import", text }));
  }

  listen() {
    this.heard = (message) => this.hear(message);
    this.stateChanged = () => this.showScore(this.model.get("state")?.score);
    this.scored = (event) => {
      if (event.detail.lesson === this.view.lesson) this.showScore(event.detail.score);
    };
    this.model.on("msg:custom", this.heard);
    this.model.on("change:state", this.stateChanged);
    document.addEventListener("cstrain-score", this.scored);
  }

  close() {
    this.asking.stop();
    this.carry?.close();
    this.model.off?.("msg:custom", this.heard);
    this.model.off?.("change:state", this.stateChanged);
    document.removeEventListener("cstrain-score", this.scored);
    this.root.remove();
  }

  hear(message) {
    const ways = {
      busy: () => this.show([h("p", { class: "c-work" }, sentence(message.text))]),
      score: () => this.showScore(message.score),
      file: () => download(message.name, message.text),
      document: () => this.carry?.show(message),
      refused: () => this.carry?.refuse(message.text),
      imported: () => this.showImported(message),
      error: () => this.showError(message.text),
    };
    if (!(message.do in ways)) return;
    if (message.do === "busy") this.asking.working();
    else this.asking.heard();
    ways[message.do]();
  }

  showError(text) {
    this.carry?.clear();
    this.show([h("p", { class: "c-notice c-problem" }, sentence(text))]);
  }

  show(parts) {
    this.status.replaceChildren(...parts);
  }

  showImported(message) {
    const list = this.problemList(this.say("import_problems"), message.problems ?? []);
    this.show([h("p", { class: "c-notice" }, sentence(message.text)), ...list]);
  }

  showStored(problems) {
    if (problems.length) this.show(this.problemList(this.say("stored_problems"), problems));
  }

  problemList(title, problems) {
    const items = problems.map((one) => h("li", {}, sentence(one)));
    return items.length ? [h("p", {}, title), h("ul", {}, items)] : [];
  }

  showScore(score) {
    const lines = score?.exercises ?? this.view.exercises.map(untouched);
    this.body.replaceChildren(...lines.map((one) => this.line(one)));
    this.total.replaceChildren(score ? sentence(score.text) : "");
    this.total.classList.toggle("c-of-passed", Boolean(score?.passed));
  }

  line(one) {
    const known = one.outcome !== undefined;
    const points = `${shownNumber(one.points)}/${shownNumber(one.of)}`;
    const bar = h("span", { class: "c-bar", "aria-hidden": "true" }, h("span"));
    bar.firstChild.style.width = `${(100 * one.points) / one.of}%`;
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, `${one.label} · ${one.title}`),
      h("td", {}, known ? outcomeMark(one.outcome, this.say) : ""),
      h("td", { class: "c-right" }, points, bar),
    );
  }
}

function untouched(one) {
  return { ...one, points: 0, of: one.points };
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
