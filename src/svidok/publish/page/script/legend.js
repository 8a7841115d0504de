// Legend and filters in one: what a colour and a shape mean, and which of them are shown.
import { byId, el, fill, plenty } from "./dom.js";
import { DATA, EVENTS, FILTER_KEYS, clearFilters, colourOf, filtering, onChange, sourceOf, state, update } from "./store.js";
import { shown } from "./filter.js";
import { glyphMark } from "./glyphs.js";
import { sideMark, statusWord } from "./cells.js";

const NOBODY = DATA.sides.length;
const rowsOfAll = () => DATA.tables.flatMap((table) => table.rows);

function toggled(set, value) {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

function toggle(key, value, mark, words, number) {
  return el("button", {
    type: "button", class: "key", "aria-pressed": String(state[key].has(value)), dataset: { [key]: value },
    onclick: () => update({ [key]: toggled(state[key], value) }),
  }, mark, words, el("span", { class: "key-count" }, plenty(number)));
}

function drawKeys() {
  const sides = DATA.sides.map((name, i) => [name, i, EVENTS.filter((row) => row.sd.includes(i)).length]).filter(([, , n]) => n);
  const nobody = EVENTS.filter((row) => !row.sd.length).length;
  const coloured = sides.filter(([, i]) => colourOf(i) !== "none");
  const others = sides.filter(([, i]) => colourOf(i) === "none");
  const more = byId("sides").dataset.all !== "yes" && others.length > 1;
  fill(byId("sides"), (more ? coloured : sides).map(([name, i, n]) => toggle("sides", i, sideMark(i), name, n)),
    more ? el("button", {
      type: "button", class: "key",
      onclick: () => { byId("sides").dataset.all = "yes"; drawKeys(); byId("sides").children[coloured.length].focus(); },
    }, `${others.length} more`) : null,
    nobody ? toggle("sides", NOBODY, sideMark(null), "no side told", nobody) : null);
  fill(byId("groups"), DATA.groups.map((group, i) => {
    const number = EVENTS.filter((row) => row.groups.includes(i)).length;
    return number ? toggle("groups", i, glyphMark(group.glyph, undefined), group.label, number) : null;
  }));
}

function showKeys() {
  for (const key of ["sides", "groups"]) {
    for (const button of byId(key).querySelectorAll("button[aria-pressed]")) {
      button.setAttribute("aria-pressed", String(state[key].has(Number(button.dataset[key]))));
    }
  }
  for (const key of ["source", "kind", "standing"]) byId(key).value = state[key];
  if (byId("words").value !== state.words) byId("words").value = state.words;
  byId("clear").hidden = !filtering();
  const now = shown(EVENTS).length;
  byId("total").textContent = filtering() ? `${plenty(now)} of ${plenty(EVENTS.length)} happenings` : `${plenty(EVENTS.length)} happenings`;
}

function options(id, first, pairs) {
  fill(byId(id), el("option", { value: "" }, first), pairs.map(([value, words]) => el("option", { value }, words)));
  byId(id).addEventListener("change", (event) => update({ [id]: event.target.value }));
}

export function startLegend() {
  drawKeys();
  const sources = [...new Set(DATA.documents.map((_, i) => sourceOf(i)))].sort((a, b) => a.localeCompare(b, "en"));
  options("source", "Every source", sources.map((name) => [name, name.length > 46 ? `${name.slice(0, 44)}…` : name]));
  const used = new Set(rowsOfAll().flatMap((row) => row.k));
  options("kind", "Every type", []);
  byId("kind").append(...DATA.groups.map((group) => el(
    "optgroup", { label: group.label },
    group.kinds.filter(([code]) => used.has(code)).map(([code, label]) => el("option", { value: code }, label)),
  )).filter((family) => family.children.length));
  const standings = new Set(rowsOfAll().map((row) => row.st).filter(Boolean));
  options("standing", "Done or not", [["done", "Said to have happened"], ["not", "Not said to have happened"],
    ...[...standings].sort().map((status) => [status, `only ${statusWord(status)}`])]);
  let waiting = 0;
  byId("words").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => update({ words: event.target.value.trim() }), 160);
  });
  byId("clear").addEventListener("click", clearFilters);
  onChange(FILTER_KEYS, showKeys);
  showKeys();
}
