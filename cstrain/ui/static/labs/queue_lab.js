/* What the sliders of ipywidgets lack in a laboratory. Each slider's label stands beside it and
   is given to its handle and to its number, for a screen reader. A number that is typed counts
   when one leaves it, not only after Enter. */

const SLIDER = ".widget-slider";
const ENTER = { key: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true };

function nameSliders(root) {
  for (const slider of root.querySelectorAll(SLIDER)) {
    const label = slider.querySelector(".widget-label")?.textContent ?? "";
    for (const handle of slider.querySelectorAll(".noUi-handle")) {
      handle.setAttribute("aria-label", label);
    }
    for (const number of slider.querySelectorAll(".widget-readout")) {
      number.setAttribute("aria-label", label);
      number.setAttribute("role", "textbox");
      number.setAttribute("tabindex", "0");
    }
  }
}

const keep = (event) => event.stopPropagation();

function take(event) {
  if (!event.target.matches?.(".widget-readout")) {
    return;
  }
  // Only the slider shall hear it: the notebook has its own use for Enter.
  event.target.closest(SLIDER).addEventListener("keydown", keep, { once: true });
  event.target.dispatchEvent(new KeyboardEvent("keydown", ENTER));
}

function render({ el }) {
  let waiting = 0;
  const observer = new MutationObserver(() => nameSliders(el.closest(".cstrain-lab")));
  const begin = () => {
    const root = el.closest(".cstrain-lab");
    if (!root) {
      waiting = requestAnimationFrame(begin);
      return;
    }
    nameSliders(root);
    root.addEventListener("focusout", take);
    observer.observe(root, { childList: true, subtree: true });
  };
  begin();
  return () => {
    cancelAnimationFrame(waiting);
    observer.disconnect();
  };
}

export default { render };
