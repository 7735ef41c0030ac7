// The picture that Python drew, in a box that scrolls: as wide as the box, larger, or alone in the
// whole window.
import { button, h, trusted } from "../dom.js";

const LARGER = 1.4; // times as wide as it fits, or as drawn, whichever is more

/** Return {el, show, wait, silent, rest}. */
export function pictureBox({ tell }, again) {
  const note = h("p", { class: "c-help" }, tell("picture_wait"));
  const canvas = h("div", { class: "c-rca-canvas", tabindex: 0, role: "group", "aria-label": tell("picture") }, note);
  const zoom = button(tell("picture_zoom"), () => enlarge(!canvas.classList.contains("c-large")), {
    class: "c-button c-small c-quiet c-zoom",
  });
  const whole = button(tell("picture_whole"), () => turn(), { class: "c-button c-small c-quiet c-whole" });
  const bar = h("div", { class: "c-picture-bar", hidden: true }, zoom, whole);
  const fitted = () => [canvas.querySelector("svg")?.viewBox.baseVal.width ?? 0, canvas.clientWidth];
  const measure = () => {
    const [drawn, room] = fitted();
    canvas.style.setProperty("--c-larger", `${Math.max(drawn, LARGER * Math.min(drawn, room))}px`);
  };
  const enlarge = (large) => {
    if (large) measure();
    canvas.classList.toggle("c-large", large);
    zoom.textContent = tell(large ? "picture_fit" : "picture_zoom");
  };
  const el = h("div", { class: "c-rca-picture" }, bar, canvas);
  const turn = wholeWindow(el, [bar, canvas], {
    name: tell("picture"),
    turned: (open) => {
      whole.textContent = tell(open ? "picture_close" : "picture_whole");
      const [drawn, room] = fitted();
      enlarge(open && drawn > LARGER * room); // a whole fishbone could not be read on a phone
      whole.focus();
    },
  });
  let html = "";
  const show = (given) => {
    el.removeAttribute("aria-busy");
    if (given === html) return;
    html = given;
    trusted(canvas, given);
    bar.hidden = !canvas.querySelector("svg");
    if (canvas.classList.contains("c-large")) measure();
  };
  const rest = () => {
    html = "";
    bar.hidden = true;
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

/** Return what shows parts of `home` in a window over everything, and puts them back. */
function wholeWindow(home, parts, { name, turned }) {
  let dialog = null;
  const close = () => {
    home.append(...parts);
    dialog.remove();
    dialog = null;
    turned(false);
  };
  return () => {
    if (dialog) return dialog.close();
    dialog = h("dialog", { class: "c-window", "aria-label": name }, parts);
    dialog.addEventListener("close", close);
    home.append(dialog);
    dialog.showModal();
    return turned(true);
  };
}
