// The full text of a report, with the words that claims were made from.
import { byId, calm, el, fill, narrow } from "./dom.js";
import { DATA, ROWS_OF_CLAIM, colourOf, onChange, state, update } from "./store.js";
import { unitOf } from "./filter.js";
import { dayNumber, dayWords } from "./dates.js";
import { chooseClaim, setReader } from "./choose.js";
import { kindWord } from "./cells.js";

let drawn = -1;
let pieces = []; // [start, end, element] in the text's own units, in order
let returnTo = null;

// --- spans of a document, gathered once -------------------------------------------------------------

const spans = DATA.documents.map(() => ({ triggers: [], cuts: new Set() }));
DATA.claims.forEach((claim, index) => {
  const own = spans[claim.d];
  own.triggers.push([claim.t[0], claim.t[1], index]);
  for (const offset of [...claim.s, ...claim.t]) own.cuts.add(offset);
});
for (const table of DATA.tables) {
  for (const row of table.rows) for (const [d, start, end] of row.e) spans[d].cuts.add(start).add(end);
}

const firstSide = (claim) => {
  const row = ROWS_OF_CLAIM[claim].find((one) => one.co !== undefined);
  return colourOf(row?.co);
};

const isDone = (claim) => !["planned", "possible", "requested", "denied"].includes(claim.mod) && !claim.pol;

// --- drawing ------------------------------------------------------------------------------------------

function marksOf(number) {
  const own = spans[number];
  own.triggers.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const marked = new Map(); // start of a piece -> claims
  for (const [start, end, claim] of own.triggers) {
    const from = unitOf(number, start);
    const to = unitOf(number, end);
    marked.set(claim, [from, to]);
  }
  return [...marked].map(([claim, [from, to]]) => ({ claim, from, to })).sort((a, b) => a.from - b.from || b.to - a.to);
}

function drawText(number) {
  if (drawn === number) return;
  drawn = number;
  pieces = [];
  const report = DATA.documents[number];
  const { text } = report;
  const cuts = [...spans[number].cuts].map((offset) => unitOf(number, offset)).sort((a, b) => a - b);
  const marks = marksOf(number);
  const roles = (report.blocks || []).map(([start, end, role]) => [unitOf(number, start), unitOf(number, end), role]);
  const paragraphs = [];
  let cut = 0;
  let next = 0;
  let open = [];
  let block = 0;
  let at = 0;
  for (const line of text.split("\n")) {
    const start = at;
    const end = start + line.length;
    at = end + 1;
    if (!line.trim()) continue;
    while (block < roles.length && roles[block][1] <= start) block += 1;
    const role = block < roles.length && roles[block][0] < end ? roles[block][2] : null;
    const paragraph = el("p", { class: role ? `role-${role}` : null, dir: "auto" });
    let from = start;
    while (cut < cuts.length && cuts[cut] <= start) cut += 1;
    let own = cut;
    while (from < end) {
      while (own < cuts.length && cuts[own] <= from) own += 1;
      const to = Math.min(end, own < cuts.length ? cuts[own] : end);
      while (next < marks.length && marks[next].from <= from) open.push(marks[next++]);
      open = open.filter((mark) => mark.to > from);
      paragraph.append(pieceOf(text.slice(from, to), open, from, to));
      from = to;
    }
    paragraphs.push(paragraph);
  }
  fill(byId("text"), paragraphs);
  byId("text").lang = report.language || "";
  const first = byId("text").querySelector(".mark");
  if (first) first.tabIndex = 0;
}

function pieceOf(words, open, from, to) {
  let node;
  if (open.length) {
    const claims = open.map(({ claim }) => claim);
    const done = claims.some((claim) => isDone(DATA.claims[claim]));
    const side = firstSide(claims[0]);
    node = el("span", {
      class: `mark side-${side}${done ? "" : " mark-not"}`, role: "button", tabindex: "-1",
      title: claims.map((claim) => kindWord(DATA.claims[claim].k) + (isDone(DATA.claims[claim]) ? "" : " (not said to have happened)")).join("; "),
      dataset: { claims: claims.join(",") },
    }, words);
  } else node = el("span", {}, words);
  pieces.push([from, to, node]);
  return node;
}

function drawHead(number) {
  const report = DATA.documents[number];
  const day = report.published ? dayNumber(report.published) : null;
  byId("document").value = String(number);
  byId("document-step").textContent = `${number + 1} of ${DATA.documents.length}`;
  byId("document-previous").disabled = number === 0;
  byId("document-next").disabled = number === DATA.documents.length - 1;
  const link = report.url ? el("a", { href: report.url, rel: "noreferrer noopener", target: "_blank" }, "original page") : null;
  const parts = [
    report.source || "source not told",
    report.author,
    day !== null ? dayWords(day) : report.readings ? `date ambiguous: ${report.readings.join(" or ")}` : "undated",
    report.grade ? `graded ${report.grade}` : null,
    report.side ? `speaks for ${report.side}` : null,
  ].filter(Boolean);
  fill(byId("document-facts"), parts.join(" · "), link ? [" · ", link] : null);
}

// Words that are searched for, marked where the browser can do so without touching the text.
function markFound() {
  if (!window.Highlight || !CSS.highlights) return;
  CSS.highlights.delete("found");
  const words = state.words.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
  if (!words.length) return;
  const ranges = [];
  for (const [, , node] of pieces) {
    const text = node.textContent.toLowerCase();
    for (const word of words) {
      for (let i = text.indexOf(word); i >= 0 && ranges.length < 5000; i = text.indexOf(word, i + word.length)) {
        const range = new Range();
        range.setStart(node.firstChild, i);
        range.setEnd(node.firstChild, Math.min(i + word.length, node.firstChild.length));
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

// --- lighting up -----------------------------------------------------------------------------------------

function span() {
  const { pick } = state;
  if (!pick) return null;
  if (pick.row) return pick.row.e[pick.evidence] || null;
  const claim = DATA.claims[pick.claim];
  return [claim.d, claim.s[0], claim.s[1], pick.claim];
}

function light() {
  for (const node of byId("text").querySelectorAll(".lit, .core")) node.classList.remove("lit", "core");
  const words = span();
  if (!words || words[0] !== drawn) return;
  const [d, start, end, claim] = words;
  const [from, to] = [unitOf(d, start), unitOf(d, end)];
  const trigger = claim === undefined ? null : DATA.claims[claim].t.map((offset) => unitOf(d, offset));
  let first = null;
  let core = null;
  for (const [a, b, node] of pieces) {
    if (a >= from && b <= to && a < b) {
      node.classList.add("lit");
      first = first || node;
      if (trigger && a >= trigger[0] && b <= trigger[1]) {
        node.classList.add("core");
        core = core || node;
      }
    }
  }
  const target = core || first;
  if (target) {
    for (const node of byId("text").querySelectorAll('.mark[tabindex="0"]')) node.tabIndex = -1;
    const stop = core || byId("text").querySelector(".mark.lit") || byId("text").querySelector(".mark");
    if (stop) stop.tabIndex = 0;
    scrollTo(first, target);
  }
}

function scrollTo(first, target) {
  const box = byId("text-box");
  const frame = box.getBoundingClientRect();
  const top = first.getBoundingClientRect().top - frame.top;
  const low = target.getBoundingClientRect().bottom - frame.top;
  const room = box.clientHeight;
  const wanted = low - top > room * 0.8 ? low - room * 0.6 : top - room * 0.28;
  box.scrollTo({ top: box.scrollTop + wanted, behavior: calm() ? "auto" : "smooth" });
}

// --- on a phone the reader is a sheet over the page ---------------------------------------------------------

function openSheet(from) {
  if (!narrow()) return;
  returnTo = from;
  document.body.classList.add("reading");
  byId("sheet-close").focus({ preventScroll: true });
  light();
}

function closeSheet() {
  if (!document.body.classList.contains("reading")) return;
  document.body.classList.remove("reading");
  if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
}

function chosenMark(node) {
  const claims = node.dataset.claims.split(",").map(Number);
  const current = state.pick?.row ? state.pick.row.e[state.pick.evidence]?.[3] : state.pick?.claim;
  const next = claims[(claims.indexOf(current) + 1) % claims.length];
  chooseClaim(next, { from: node });
}

function onKey(event) {
  const mark = event.target.closest?.(".mark");
  if (!mark) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    chosenMark(mark);
    return;
  }
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const all = [...byId("text").querySelectorAll(".mark")];
  const next = all[all.indexOf(mark) + by];
  if (!next) return;
  mark.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

export function startReader() {
  setReader(openSheet);
  fill(byId("document"), DATA.documents.map((report, i) => {
    const source = report.source ? `${report.source}: ` : "";
    const day = report.published ? ` (${report.published})` : "";
    return el("option", { value: String(i) }, `${source}${report.name}${day}`);
  }));
  byId("document").addEventListener("change", (event) => update({ document: Number(event.target.value), pick: null }));
  byId("document-previous").addEventListener("click", () => update({ document: state.document - 1, pick: null }));
  byId("document-next").addEventListener("click", () => update({ document: state.document + 1, pick: null }));
  byId("sheet-close").addEventListener("click", closeSheet);
  byId("sheet-open").addEventListener("click", (event) => openSheet(event.target));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeSheet(); });
  byId("text").addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (mark && !window.getSelection()?.toString()) chosenMark(mark);
  });
  byId("text").addEventListener("keydown", onKey);
  const show = (keys) => {
    if (state.document >= DATA.documents.length) return;
    const fresh = drawn !== state.document;
    drawText(state.document);
    drawHead(state.document);
    if (fresh && !state.pick) byId("text-box").scrollTop = 0;
    if (fresh) markFound();
    light(keys);
  };
  onChange(["document", "pick"], show);
  onChange(["words"], markFound);
  if (DATA.documents.length) show();
}

