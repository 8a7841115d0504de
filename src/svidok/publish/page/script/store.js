// The data of the page, and the one state that everything is drawn from.
import { byId } from "./dom.js";
import { dayNumber, isoDay } from "./dates.js";

export const DATA = JSON.parse(byId("data").textContent);

export const KINDS = new Map();
DATA.groups.forEach((group, index) => {
  for (const [code, label] of group.kinds) KINDS.set(code, { code, label, group, index });
});

export const NOT_DONE = new Set(["planned", "possible", "requested", "denied", "negated"]);
export const TABLES = new Map(DATA.tables.map((table) => [table.key, table]));

// A side's place in the palette; beyond its end, and for the side not told, there is one grey.
export const colourOf = (side) => {
  const colour = side === undefined || side === null ? 7 : DATA.colours[side] ?? 7;
  return colour > 6 ? "none" : colour;
};

export const sourceOf = (number) => DATA.documents[number].source || DATA.documents[number].name;

// Rows get their times as day numbers and know their table; claims know their rows.
export const ROWS_OF_CLAIM = DATA.claims.map(() => []);
for (const table of DATA.tables) {
  table.rows.forEach((row, index) => {
    row.table = table;
    row.index = index;
    row.from = dayNumber(row.a) ?? dayNumber(row.b);
    row.to = dayNumber(row.b) ?? row.from;
    row.dated = row.from !== null;
    row.done = !NOT_DONE.has(row.st);
    row.k = row.k || [];
    row.sd = row.sd || [];
    row.d = row.d || [];
    row.c = row.c || {};
    row.e = row.e || [];
    row.kind = KINDS.get(row.k[0]);
    row.groups = [...new Set(row.k.map((code) => KINDS.get(code)?.index).filter((i) => i !== undefined))];
    row.sources = [...new Set(row.d.map(sourceOf))];
    row.e.forEach((evidence) => {
      if (evidence[3] !== undefined) ROWS_OF_CLAIM[evidence[3]].push(row);
    });
  });
}
export const EVENTS = TABLES.get("chronology").rows;

const START = {
  tab: "chronology",
  pick: null, // { row, evidence } or { claim }
  document: 0,
  from: null,
  to: null,
  undated: false,
  sides: new Set(),
  groups: new Set(),
  source: "",
  kind: "",
  standing: "",
  words: "",
  sort: null, // [column, 1 or -1] of the open table
  page: 0,
  view: null, // [longitude, latitude, zoom]
};

export const state = { ...START };

const listeners = [];

export function onChange(keys, draw) {
  listeners.push([new Set(keys), draw]);
}

const FILTERS = ["from", "to", "undated", "sides", "groups", "source", "kind", "standing", "words"];
export const FILTER_KEYS = FILTERS;

export function update(change) {
  const keys = Object.keys(change).filter((key) => state[key] !== change[key]);
  if (!keys.length) return;
  if (keys.some((key) => FILTERS.includes(key)) && change.page === undefined && state.page !== 0) {
    change.page = 0;
    keys.push("page");
  }
  if (keys.includes("tab") && change.sort === undefined) {
    change.sort = null;
    keys.push("sort");
    if (change.page === undefined) { change.page = 0; keys.push("page"); }
  }
  Object.assign(state, change);
  for (const [wanted, draw] of listeners) if (keys.some((key) => wanted.has(key))) draw(keys);
  remember();
}

export const clearFilters = () => update({
  from: null, to: null, undated: false, sides: new Set(), groups: new Set(),
  source: "", kind: "", standing: "", words: "",
});

export const filtering = () => state.from !== null || state.to !== null || state.sides.size > 0 ||
  state.groups.size > 0 || Boolean(state.source || state.kind || state.standing || state.words);

// --- the view in the address ------------------------------------------------------------------

function address() {
  const parts = new URLSearchParams();
  if (state.tab !== START.tab) parts.set("tab", state.tab);
  if (state.pick?.row) parts.set("row", `${state.pick.row.table.key}.${state.pick.row.id}.${state.pick.evidence}`);
  else if (state.pick?.claim !== undefined) parts.set("claim", DATA.claims[state.pick.claim].id);
  else if (state.document) parts.set("document", String(state.document + 1));
  if (state.from !== null) parts.set("from", isoDay(state.from));
  if (state.to !== null) parts.set("to", isoDay(state.to));
  if (state.undated) parts.set("undated", "1");
  if (state.sides.size) parts.set("sides", [...state.sides].sort().map((i) => DATA.sides[i] ?? "-").join("|"));
  if (state.groups.size) parts.set("groups", [...state.groups].sort().map((i) => DATA.groups[i].key).join("|"));
  for (const key of ["source", "kind", "standing", "words"]) if (state[key]) parts.set(key, state[key]);
  if (state.sort) parts.set("sort", `${state.sort[0]}.${state.sort[1] > 0 ? "up" : "down"}`);
  if (state.page) parts.set("page", String(state.page + 1));
  if (state.view) parts.set("map", state.view.map((n) => Number(n.toFixed(4))).join(","));
  return parts.toString();
}

let remembering = 0;
let written = "";

function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    written = address();
    const hash = written ? `#${written}` : location.pathname + location.search;
    try { history.replaceState(null, "", hash); } catch { /* some file viewers forbid it */ }
  }, 150);
}

function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const change = { ...START, sides: new Set(), groups: new Set() };
  if (TABLES.has(parts.get("tab")) || parts.get("tab") === "reports") change.tab = parts.get("tab");
  const named = /^([a-z_]+)\.(.*)\.(\d+)$/.exec(parts.get("row") || "");
  const row = named && TABLES.get(named[1])?.rows.find((one) => one.id === named[2]);
  if (row) {
    const evidence = Math.min(Number(named[3]), Math.max(0, row.e.length - 1));
    change.pick = { row, evidence };
    if (row.e[evidence]) change.document = row.e[evidence][0];
  } else if (parts.has("claim")) {
    const claim = DATA.claims.findIndex((one) => one.id === parts.get("claim"));
    if (claim >= 0) {
      change.pick = { claim };
      change.document = DATA.claims[claim].d;
    }
  } else if (parts.has("document")) {
    change.document = Math.min(DATA.documents.length, Math.max(1, Number(parts.get("document")) || 1)) - 1;
  }
  change.from = dayNumber(parts.get("from"));
  change.to = dayNumber(parts.get("to"));
  change.undated = parts.get("undated") === "1";
  for (const name of (parts.get("sides") || "").split("|")) {
    const index = name === "-" ? DATA.sides.length : DATA.sides.indexOf(name);
    if (index >= 0 && name) change.sides.add(index);
  }
  for (const key of (parts.get("groups") || "").split("|")) {
    const index = DATA.groups.findIndex((group) => group.key === key);
    if (index >= 0) change.groups.add(index);
  }
  for (const key of ["source", "kind", "standing", "words"]) change[key] = parts.get(key) || "";
  const sorted = /^([a-z_]+)\.(up|down)$/.exec(parts.get("sort") || "");
  change.sort = sorted ? [sorted[1], sorted[2] === "up" ? 1 : -1] : null;
  change.page = Math.max(0, (Number(parts.get("page")) || 1) - 1);
  const view = (parts.get("map") || "").split(",").map(Number);
  change.view = view.length === 3 && view.every(Number.isFinite) ? view : null;
  return change;
}

Object.assign(state, readAddress());

window.addEventListener("hashchange", () => {
  if (location.hash.slice(1) !== written) update(readAddress());
});
