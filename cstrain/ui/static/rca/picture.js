// The picture that Python drew, in a box that scrolls; as wide as the box, or larger.
import { button, h, trusted } from "../dom.js";

/** Return {el, show, wait, silent, rest}. */
export function pictureBox({ tell }, again) {
  const note = h("p", { class: "c-help" }, tell("picture_wait"));
  const canvas = h("div", { class: "c-rca-canvas", tabindex: 0, role: "group", "aria-label": tell("picture") }, note);
  const zoom = button(tell("picture_zoom"), () => enlarge(!canvas.classList.contains("c-large")), {
    class: "c-button c-small c-quiet c-zoom",
    hidden: true,
  });
  const enlarge = (large) => {
    canvas.classList.toggle("c-large", large);
    zoom.textContent = tell(large ? "picture_fit" : "picture_zoom");
  };
  const el = h("div", { class: "c-rca-picture" }, zoom, canvas);
  let html = "";
  const show = (given) => {
    el.removeAttribute("aria-busy");
    if (given === html) return;
    html = given;
    trusted(canvas, given);
    zoom.hidden = !canvas.querySelector("svg");
  };
  const rest = () => {
    html = "";
    zoom.hidden = true;
    canvas.replaceChildren(note);
  };
  const silent = () => {
    el.removeAttribute("aria-busy");
    html = "";
    canvas.replaceChildren(h("p", { class: "c-help" }, tell("picture_silent"), " ", button(tell("again"), again, { class: "c-button c-small" })));
  };
  return {
    el,
    show,
    silent,
    rest,
    wait: (text) => {
      el.setAttribute("aria-busy", "true");
      if (text && !html) canvas.replaceChildren(h("p", { class: "c-help" }, text));
    },
  };
}
