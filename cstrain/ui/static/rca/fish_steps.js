// The eight steps: sections that open one after the other, each with what is done in it so far.
import { h, prefersCalm } from "../dom.js";
import { toolButton } from "./outline.js";

/**
 * Return {el, render, open}.
 * @param {{el: Element, render: () => void, done: () => string}[]} steps
 */
export function eightSteps(steps, tell) {
  const blocks = steps.map((step, at) => stepBlock(step, at + 1, steps.length, tell, (n) => turnTo(n)));
  const turnTo = (n) => {
    blocks[n - 2].el.open = false;
    const next = blocks[n - 1];
    next.el.open = true;
    next.head.focus();
    next.el.scrollIntoView({ block: "nearest", behavior: prefersCalm() ? "auto" : "smooth" });
  };
  blocks[0].el.open = true;
  return {
    el: h("div", { class: "c-steps" }, blocks.map((one) => one.el)),
    render: () => blocks.forEach((one) => one.render()),
    open: (n) => (blocks[n - 1].el.open = true),
  };
}

function stepBlock(step, n, all, tell, turnTo) {
  const done = h("span", { class: "c-step-done" });
  const number = h("span", { class: "c-step-number", "aria-hidden": "true" }, String(n));
  const title = h("span", { class: "c-step-title" }, h("span", { class: "c-sr" }, `${tell("step", { n })} `), tell(`step_${n}`));
  const head = h("summary", { class: "c-step-head" }, number, title, done);
  const next = n < all ? h("div", { class: "c-step-foot" }, toolButton(tell("step_next"), () => turnTo(n + 1))) : null;
  const body = h("div", { class: "c-step-body" }, step.el, next);
  const el = h("details", { class: "c-step" }, head, body);
  const render = () => {
    const now = step.done();
    if (done.textContent !== now) done.textContent = now;
    if (el.open) step.render();
  };
  el.addEventListener("toggle", render);
  return { el, head, render };
}
