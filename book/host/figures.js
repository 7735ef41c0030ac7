// A figure that is moved sideways on a narrow screen is within reach of the keyboard too.
const WRAPPED = ".bd-article .cell_output:has(> img)";

function measure() {
  for (const box of document.querySelectorAll(WRAPPED)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

measure();
addEventListener("resize", measure);
