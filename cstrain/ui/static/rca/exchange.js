// Taking an answer out and bringing one in: JSON, SVG, PNG, Markdown, print; import and merge.
import { button, h, trusted, uid } from "../dom.js";

const LARGEST = 10_000_000; // bytes of all files together; the longest honest ones are some 100 kB
const PNG_SCALE = 2;
const FILE_VERSION = 1;
const PAPER = "#ffffff";
const INK = "#1d2b2f";

/**
 * Return {el} with the buttons for both ways.
 * @param {{format: string, answer: () => object, take: (answer) => void, inquiry, extra: () =>
 *   object, wide: boolean, merges: boolean}} about
 */
export function exchangeBox(about, { tell }) {
  const told = h("div", { class: "c-told", role: "status" });
  const name = `cstrain-${about.format.replace("_", "-")}`;
  const inform = (...parts) => told.replaceChildren(...parts.map((one) => trusted(h("p", {}), one)));
  const saved = (file) => inform(tell("exported", { name: file }));
  const failed = () => inform(tell("export_failed"));
  const save = (file, blob) => {
    saveBlob(file, blob);
    saved(file);
  };
  const asJson = () => {
    const value = { format: `cstrain.${about.format}`, version: FILE_VERSION, ...about.answer() };
    save(`${name}.json`, new Blob([JSON.stringify(value, null, 1)], { type: "application/json" }));
  };
  // What leaves the editor is drawn without its notes, which only help while one works.
  const drawn = async () => {
    const reply = await about.inquiry.act({ act: "picture", answer: about.answer(), ...about.extra() });
    return reply?.picture ? trusted(h("div", {}), reply.picture).querySelector("svg") : null;
  };
  const asSvg = async () => {
    const svg = await drawn();
    if (!svg) return failed();
    return save(`${name}.svg`, new Blob([standaloneSvg(svg, el)], { type: "image/svg+xml" }));
  };
  const asPng = async () => {
    try {
      save(`${name}.png`, await pngOf(await drawn(), el));
    } catch {
      failed();
    }
  };
  const asPrint = async () => {
    const svg = await drawn();
    if (svg) printOnly(printedPage(svg, about.wide));
    else failed();
  };
  const asMarkdown = async () => {
    const reply = await about.inquiry.act({ act: "markdown", answer: about.answer(), ...about.extra() });
    if (reply?.markdown === undefined) return failed();
    return save(`${name}.md`, new Blob([reply.markdown], { type: "text/markdown" }));
  };
  const bring = async (act, files) => {
    if ([...files].reduce((sum, one) => sum + one.size, 0) > LARGEST) return inform(tell("file_large"));
    const texts = await Promise.all([...files].map((one) => one.text()));
    const asked = act === "merge" ? { act, texts, answer: about.answer() } : { act, text: texts[0] };
    const reply = await about.inquiry.act(asked);
    if (reply?.answer) about.take(reply.answer);
    inform(...(reply?.told ?? [tell("picture_silent")]));
    return undefined;
  };
  const outs = [
    button(tell("export_json"), asJson, { class: "c-button c-small" }),
    button(tell("export_svg"), asSvg, { class: "c-button c-small" }),
    button(tell("export_png"), asPng, { class: "c-button c-small" }),
    button(tell("export_markdown"), asMarkdown, { class: "c-button c-small" }),
    button(tell("export_print"), asPrint, { class: "c-button c-small" }),
  ];
  const ins = [filePicker(tell("import"), false, (files) => bring("import", files))];
  if (about.merges) ins.push(filePicker(tell("import_merge"), true, (files) => bring("merge", files)));
  const el = h(
    "div",
    { class: "c-rca-exchange" },
    h("div", { class: "c-row", role: "group", "aria-label": tell("export") }, outs),
    h("div", { class: "c-row" }, ins),
    h("p", { class: "c-help" }, tell("import_help")),
    told,
  );
  return { el };
}

/** Return a button that opens files. */
export function filePicker(text, many, taken, accept = ".json,application/json") {
  const id = uid("i");
  const input = h("input", { type: "file", id, class: "c-picker", accept, multiple: many });
  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    await taken(input.files);
    input.value = "";
  });
  return h("span", { class: "c-file" }, input, h("label", { for: id, class: "c-button c-small" }, text));
}

function saveBlob(file, blob) {
  const url = URL.createObjectURL(blob);
  const link = h("a", { href: url, download: file });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// A picture of its own brings what it takes from the page: font, and the colours of paper, as it
// goes into reports whatever the theme of the screen.
function standaloneSvg(svg, beside) {
  const copy = svg.cloneNode(true);
  const style = getComputedStyle(beside);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.setAttribute("font-family", style.fontFamily.replace(/"/g, "'"));
  copy.setAttribute("style", `background:${PAPER};color:${INK}`);
  return new XMLSerializer().serializeToString(copy);
}

async function pngOf(svg, beside) {
  const url = URL.createObjectURL(new Blob([standaloneSvg(svg, beside)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = h("canvas", { width: image.width * PNG_SCALE, height: image.height * PNG_SCALE });
    const paint = canvas.getContext("2d");
    paint.fillStyle = PAPER;
    paint.fillRect(0, 0, canvas.width, canvas.height);
    paint.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("png"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

// Only the picture goes to paper, on one page: in a frame of its own, so that the page stays.
function printOnly(html) {
  document.querySelector(".cstrain-print")?.remove(); // of a print that never told its end
  const frame = h("iframe", { class: "cstrain-print", "aria-hidden": "true", tabindex: -1 });
  document.body.append(frame);
  const page = frame.contentDocument;
  page.documentElement.innerHTML = html;
  const done = () => setTimeout(() => frame.remove(), 1000);
  frame.contentWindow.addEventListener("afterprint", done);
  frame.contentWindow.focus();
  frame.contentWindow.print();
}

// A page with the picture alone, which fits one sheet of paper.
function printedPage(svg, wide) {
  const copy = svg.cloneNode(true);
  copy.setAttribute("style", "display:block;width:100%;height:100%;max-width:100%;max-height:100%");
  const size = wide ? "A4 landscape" : "A4 portrait";
  const css = `@page{size:${size};margin:10mm}html,body{margin:0;height:100%;color:#111;font-family:system-ui,sans-serif}body{height:${wide ? 188 : 275}mm;overflow:hidden}`;
  return `<head><meta charset="utf-8"><style>${css}</style></head><body>${copy.outerHTML}</body>`;
}
