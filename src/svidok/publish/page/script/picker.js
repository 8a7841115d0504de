// A short list of happenings to choose from, for one place or one stretch of time.
import { byId, el } from "./dom.js";
import { intervalWords } from "./dates.js";
import { glyphMark } from "./glyphs.js";
import { statusMark, upper } from "./cells.js";

const MOST = 60;
let back = null;

export function rowLabel(row) {
  return upper(row.c.what || row.c.settlement || row.c.message || row.c.said || row.c.type || row.c.category || row.c.outcome || "");
}

export function offer(host, title, rows, choose, returnTo) {
  close();
  back = returnTo;
  const sorted = [...rows].sort((a, b) => (a.from ?? Infinity) - (b.from ?? Infinity) || a.index - b.index);
  const items = sorted.slice(0, MOST).map((row) => el(
    "li", {},
    el(
      "button",
      { type: "button", class: row.done ? "" : "not-done", onclick: () => choose(row) },
      glyphMark(row.kind?.group.glyph, row.co, { hollow: !row.done }),
      el("span", { class: "picker-when" }, intervalWords(row.a, row.b) || "undated"),
      el("span", { class: "picker-what" }, rowLabel(row), " ", row.done ? null : statusMark(row.st)),
    ),
  ));
  const more = sorted.length > MOST ? el("p", { class: "quiet" }, `and ${sorted.length - MOST} more: narrow the filters`) : null;
  const box = el(
    "div", { class: "picker", role: "dialog", "aria-label": title, id: "picker" },
    el("div", { class: "picker-head" },
      el("strong", {}, title), el("span", { class: "quiet" }, `${sorted.length}`),
      el("button", { type: "button", class: "plain close", "aria-label": "Close the list", onclick: () => close(true) }, "×")),
    el("ul", {}, items), more,
  );
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close(true);
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const buttons = [...box.querySelectorAll("li button")];
    const next = buttons.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    buttons[Math.max(0, Math.min(buttons.length - 1, next))]?.focus();
  });
  host.append(box);
  box.querySelector("li button")?.focus({ preventScroll: true });
}

export function close(returning = false) {
  const box = byId("picker");
  if (!box) return;
  box.remove();
  if (returning && back) back.focus({ preventScroll: true });
}

