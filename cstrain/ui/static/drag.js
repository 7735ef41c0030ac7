// Dragging with mouse, pen or finger. It is an extra: every drag has a keyboard and a click way.

const SLACK = 6; // px before a press becomes a drag, so that a click stays a click
const EDGE = 60; // px from the window's edge where a drag scrolls the page
const STEP = 12; // px scrolled at each movement near the edge

/**
 * Let an element be dragged onto zones.
 * @param {Element} el what moves
 * @param {Element} grip what is held; a finger can drag only by the grip, so the page still scrolls
 * @param {{zones: () => Element[], over?: (zone, event) => void, drop: (zone, event) => void}} on
 */
export function makeDraggable(el, grip, on) {
  const begin = (event) => {
    const byGrip = grip.contains(event.target);
    if (event.button !== 0 || (event.pointerType !== "mouse" && !byGrip)) return;
    if (!byGrip && event.target.closest("button, select, input, textarea, a")) return;
    follow(el, event, on);
  };
  el.addEventListener("pointerdown", begin);
}

function follow(el, start, on) {
  const drag = { moved: false, zone: null };
  const move = (event) => {
    if (event.pointerId !== start.pointerId) return;
    drag.moved ||= Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > SLACK;
    if (drag.moved) showMove(el, start, event, drag, on);
  };
  const end = (event) => {
    if (event.pointerId !== start.pointerId) return;
    for (const [name, listener] of listeners) window.removeEventListener(name, listener);
    settle(el, drag);
    if (drag.moved && drag.zone && event.type === "pointerup") on.drop(drag.zone, event);
  };
  const listeners = [["pointermove", move], ["pointerup", end], ["pointercancel", end]];
  for (const [name, listener] of listeners) window.addEventListener(name, listener);
}

function showMove(el, start, event, drag, on) {
  event.preventDefault();
  getSelection()?.removeAllRanges();
  el.classList.add("c-dragged");
  el.style.translate = `${event.clientX - start.clientX}px ${event.clientY - start.clientY}px`;
  if (event.clientY < EDGE) scrollBy(0, -STEP);
  if (event.clientY > innerHeight - EDGE) scrollBy(0, STEP);
  const under = document.elementsFromPoint(event.clientX, event.clientY);
  const zone = on.zones().find((one) => one !== el && under.includes(one)) ?? null;
  if (zone !== drag.zone) {
    drag.zone?.classList.remove("c-over");
    zone?.classList.add("c-over");
  }
  drag.zone = zone;
}

function settle(el, drag) {
  el.classList.remove("c-dragged");
  el.style.translate = "";
  drag.zone?.classList.remove("c-over");
}
