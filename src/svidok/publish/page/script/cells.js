// How a cell of each kind is drawn and sorted.
import { el } from "./dom.js";
import { DATA, KINDS, NOT_DONE, colourOf, sourceOf } from "./store.js";
import { dayNumber, dayWords, intervalWords } from "./dates.js";
import { glyphMark } from "./glyphs.js";
import { sliceOf, unitOf } from "./filter.js";

const STATUS = {
  asserted: ["asserted", "The author says that it happened"],
  reported: ["reported", "A source says that it happened"],
  announced: ["announced", "Announced as done or decided"],
  disputed: ["disputed", "One witness affirms it, another denies it"],
  planned: ["planned", "Planned or threatened; not said to have happened"],
  possible: ["possible", "Feared, likely or expected; not said to have happened"],
  requested: ["demanded", "Demanded or asked for; not said to have happened"],
  denied: ["denied", "A source denies it"],
  negated: ["did not happen", "The text says that it did not happen"],
};
const ORDER = Object.keys(STATUS);
const WEIGHTS = ["high", "medium", "low"];

export function statusMark(status) {
  if (!status) return null;
  const [word, title] = STATUS[status] || [status, ""];
  return el("span", { class: `status status-${status}`, title }, word);
}

export const statusWord = (status) => (STATUS[status] || [status])[0];

export function sideMark(side) {
  return el("span", { class: `swatch side-${colourOf(side)}`, "aria-hidden": "true" });
}

const quiet = (words) => el("span", { class: "quiet" }, words);

// A name that carries a known side gets that side's colour before it.
function named(words) {
  const name = String(words);
  const rank = DATA.sides.findIndex((side) => name === side || name.startsWith(`${side},`) || name.endsWith(`(${side})`));
  return rank >= 0 ? el("span", { class: "named" }, sideMark(rank), name) : name;
}

export const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const REACH = 120;
const MOST = 6;
const CONTEXT = 90;

// A few words alone say little: what stands round them in the same paragraph, set apart.
function inContext([document, start, end], words) {
  const text = DATA.documents[document].text;
  const [from, to] = [unitOf(document, start), unitOf(document, end)];
  let before = text.slice(Math.max(0, from - CONTEXT), from).split("\n").pop().replace(/\s+/g, " ");
  let after = text.slice(to, to + CONTEXT).split("\n")[0].replace(/\s+/g, " ");
  const starts = [...before.matchAll(/[.!?…]["”»)]?\s+(?=\S)/g)].pop();
  if (starts) before = before.slice(starts.index + starts[0].length);
  else if (before.length >= CONTEXT - 1) before = `…${before.slice(before.indexOf(" "))}`;
  const ends = /[.!?…]["”»)]?(?=\s|$)/.exec(after);
  if (ends) after = after.slice(0, ends.index + ends[0].length);
  else if (after.length >= CONTEXT - 1) after = `${after.slice(0, after.lastIndexOf(" "))}…`;
  return [el("span", { class: "round" }, before), el("b", {}, words), el("span", { class: "round" }, after)];
}

// The words of a piece of evidence, shortened round the words that name the happening.
export function quoteOf(evidence, reach = REACH) {
  const [document, start, end, claim] = evidence;
  const squeeze = (text) => text.replace(/\s+/g, " ");
  const trigger = claim === undefined ? null : DATA.claims[claim].t;
  if (!trigger || trigger[0] < start || trigger[1] > end) {
    const text = squeeze(sliceOf(document, start, end));
    if (text.length > 2 * reach + 40) return [`${text.slice(0, 2 * reach)}…`];
    return text.length < 60 ? inContext(evidence, text) : [text];
  }
  const before = squeeze(sliceOf(document, start, trigger[0]));
  const core = squeeze(sliceOf(document, trigger[0], trigger[1]));
  const after = squeeze(sliceOf(document, trigger[1], end));
  const head = before.length > reach ? `…${before.slice(before.indexOf(" ", before.length - reach))}` : before;
  const tail = after.length > reach ? `${after.slice(0, after.lastIndexOf(" ", reach))}…` : after;
  return [head, el("b", {}, core), tail];
}

const passages = (more) => `+${more} more ${more === 1 ? "passage" : "passages"}`;

const short = (name) => (name.length > 44 ? `${name.slice(0, 42)}…` : name);

export function sourceLine(evidence, more = 0) {
  if (DATA.documents.length === 1) {
    return more > 0 ? el("span", { class: "source" }, el("span", { class: "source-more" }, passages(more))) : null;
  }
  const report = DATA.documents[evidence[0]];
  const day = report.published && dayNumber(report.published);
  return el(
    "span", { class: "source" }, short(sourceOf(evidence[0])),
    day !== null && day !== undefined ? el("span", { class: "source-day" }, dayWords(day)) : null,
    more > 0 ? el("span", { class: "source-more" }, passages(more)) : null,
  );
}

export function quoteButton(row, index, { more = 0, says = "" } = {}) {
  const evidence = row.e[index];
  return el(
    "button", { type: "button", class: "quote", tabindex: "-1", dataset: { evidence: index } },
    says ? el("span", { class: "says" }, says) : null,
    el("q", {}, quoteOf(evidence)), sourceLine(evidence, more),
  );
}

function whereCell(row) {
  if (!row.pl) return [];
  const [name, kind, lon, , radius] = row.pl;
  const parts = [name];
  const plain = kind === "settlement" || !kind || (kind !== "area" && name.toLowerCase().includes(kind));
  if (!plain && kind !== "facility") parts.push(quiet(` ${kind}`));
  if (lon === undefined) parts.push(el("span", { class: "note" }, "not located"));
  else if (radius > 12 && kind !== "country" && kind !== "region") parts.push(el("span", { class: "note" }, `± ${Math.round(radius)} km`));
  return parts;
}

const DRAW = {
  when: (row) => intervalWords(row.a, row.b) || quiet("undated"),
  where: whereCell,
  status: (row) => statusMark(row.st),
  what: (row) => [
    el("span", { class: "what" },
      glyphMark(row.kind?.group.glyph, row.co, { hollow: !row.done }),
      el("span", {}, el("span", { class: "what-words" }, upper(row.c.what || "")),
        row.c.type && !(row.c.what || "").startsWith(row.c.type) ? el("span", { class: "what-kind" }, row.c.type) : null,
        (row.c.disputes || []).map((words) => el("span", { class: "dispute" }, words)))),
  ],
  who: (row) => (row.c.who || []).map((name) => el("span", { class: "line" }, named(name))),
  words: (row) => (row.e.length ? quoteButton(row, 0, { more: row.e.length - 1 }) : quiet("no words kept")),
  list: (row, key) => (row.c[key] || []).map((item) => el("span", { class: "line" }, item)),
  changes: (row, key) => {
    const all = row.c[key] || [];
    const lines = all.slice(0, MOST).map(([words, earliest, latest, status]) => el("span", { class: `line${NOT_DONE.has(status) ? " not" : ""}` },
      upper(words), intervalWords(earliest, latest) ? [" ", quiet(intervalWords(earliest, latest))] : null,
      NOT_DONE.has(status) ? [" ", statusMark(status)] : null));
    return [...lines, all.length > MOST ? el("span", { class: "note" }, `and ${all.length - MOST} more`) : null];
  },
  side: (row, key) => (row.c[key] ? named(row.c[key]) : quiet("not told")),
  strong: (row, key) => [el("strong", {}, row.c[key] || ""), row.c.spellings && key === "settlement" ? el("span", { class: "note" }, `also ${row.c.spellings.join(", ")}`) : null],
  severity: (row, key) => el("span", { class: `severity severity-${row.c[key]}` }, row.c[key]),
  finding: (row) => [
    el("span", { class: "finding-words" }, row.c.message),
    el("span", { class: "note" }, row.c.kind,
      row.c.apart ? [" · ", el("b", { class: "apart" }, `${row.c.apart} apart`)] : null,
      row.c.reference ? ` · checked against ${row.c.reference}` : null),
  ],
  quotes: (row) => el("div", { class: "quotes" }, row.e.map((_, i) => quoteButton(row, i, { says: (row.c.says || [])[i] }))),
  text: (row, key) => String(row.c[key] ?? ""),
  span: (row, key) => (row.c[key] ? intervalWords(...row.c[key][0]) : ""),
  amount: (row, key) => [el("strong", {}, row.c[key] || ""), row.c.what ? ` ${row.c.what}` : null],
};

export function drawCell(row, [key, , kind]) {
  const draw = DRAW[kind] || DRAW.text;
  return [draw(row, key)].flat();
}

const LAST = "\uffff";
const SORT = {
  when: (row) => row.from ?? Infinity,
  where: (row) => row.pl?.[0] || LAST,
  status: (row) => ORDER.indexOf(row.st),
  words: (row) => (row.e.length ? sourceOf(row.e[0][0]) : LAST),
  number: (row, key) => row.c[key] ?? -1,
  amount: (row) => row.c.low ?? -1,
  severity: (row, key) => WEIGHTS.indexOf(row.c[key]),
  finding: (row) => row.c.kind || LAST,
  span: (row, key) => row.c[key]?.[0].find(Boolean) || LAST,
  quotes: (row) => row.e.length,
};

export function sortKey(row, [key, , kind]) {
  if (SORT[kind]) return SORT[kind](row, key);
  const value = row.c[key];
  return Array.isArray(value) ? value[0] || LAST : value || LAST;
}

export const kindWord = (code) => KINDS.get(code)?.label || code;
