// Free text in a box that grows; a count appears when the text nears its length.
import { h, onTyped, setValue, uid } from "../dom.js";

const COUNT_FROM = 0.8; // of the longest text

/** The shape `text`. */
export const textShape = {
  create(field, value, ui) {
    const area = h("textarea", {
      id: uid("i"),
      class: "c-input",
      rows: field.lines ?? 2,
      placeholder: field.placeholder,
    });
    area.style.setProperty("--c-rows", String(field.lines ?? 2));
    const count = h("span", { class: "c-count", role: "status" });
    const fit = () => {
      grow(area);
      showCount(area, count, field.max ?? Infinity, ui);
    };
    onTyped(area, () => {
      fit();
      ui.changed();
    });
    const set = (given) => {
      setValue(area, given);
      requestAnimationFrame(fit);
    };
    set(value);
    return {
      el: h("div", { class: "c-text" }, area, count),
      control: area,
      value: () => (area.value.trim() ? area.value : undefined),
      set,
      part: (key) => (key === null ? { controls: [area] } : null),
    };
  },
};

function grow(area) {
  if (CSS.supports("field-sizing", "content") || !area.isConnected) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function showCount(area, count, max, ui) {
  const used = area.value.length;
  count.textContent = used >= max * COUNT_FROM ? ui.say("count", { used, max }) : "";
  count.classList.toggle("c-over-max", used > max);
}
