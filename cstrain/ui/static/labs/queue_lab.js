/* Names for the sliders of a laboratory, which ipywidgets leaves without: each slider's label
   stands beside it and is given to its handle and to its number too. */

const SLIDER = ".widget-slider";

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
    observer.observe(root, { childList: true, subtree: true });
  };
  begin();
  return () => {
    cancelAnimationFrame(waiting);
    observer.disconnect();
  };
}

export default { render };
