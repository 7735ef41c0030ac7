// What the data say of a cause: shape, word and colour.
import { showText } from "./outline.js";

/** Show a badge, nothing while there is no verdict. */
export function showBadge(el, badge) {
  const known = badge && !badge.open;
  el.hidden = !known;
  el.className = `c-verdict-badge ${known ? `c-data-${badge.verdict}` : ""}`;
  showText(el, known ? badge.label : "");
}
