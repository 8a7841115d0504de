// The open ledger: sorted, filtered, a page at a time; every row leads to its words.
import { announce, byId, el, fill, plenty } from "./dom.js";
import { DATA, FILTER_KEYS, TABLES, clearFilters, filtering, onChange, state, update } from "./store.js";
import { shown, undatedHidden } from "./filter.js";
import { drawCell, sortKey } from "./cells.js";
import { dayNumber, dayWords } from "./dates.js";
import { chooseReport, chooseRow } from "./choose.js";

const PAGE = 100;
let rows = [];
let onPaper = false;

function compare(column) {
  const keys = new Map();
  const keyOf = (row) => {
    if (!keys.has(row)) keys.set(row, sortKey(row, column));
    return keys.get(row);
  };
  return (a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en");
    const direction = state.sort[1];
    const unknown = [x, y].map((key) => key === "\uffff" || key === Infinity || key === -1);
    if (unknown[0] !== unknown[1]) return unknown[0] ? 1 : -1; // the unknown stays last
    return (Number.isNaN(order) ? 0 : order) * direction || a.index - b.index;
  };
}

function gather(table) {
  rows = shown(table.rows);
  const column = state.sort && table.columns.find(([key]) => key === state.sort[0]);
  if (column) rows = [...rows].sort(compare(column));
}

function headCell(column) {
  const [key, label, kind] = column;
  const sorted = state.sort?.[0] === key ? state.sort[1] : 0;
  return el(
    "th", { scope: "col", role: "columnheader", class: `col-${kind}`, "aria-sort": sorted > 0 ? "ascending" : sorted < 0 ? "descending" : "none" },
    el("button", {
      type: "button", class: "sort", dataset: { column: key },
      onclick: () => {
        update({ sort: sorted > 0 ? [key, -1] : sorted < 0 ? null : [key, 1], page: 0 });
        byId("table").querySelector(`[data-column="${key}"]`)?.focus();
      },
    }, label, el("span", { class: "arrow", "aria-hidden": "true" }, sorted > 0 ? "▲" : sorted < 0 ? "▼" : "↕")),
  );
}

// What goes without saying on a small screen.
const plain = (row, [key]) => (key === "status" && row.st === "asserted") || (key === "witnesses" && row.c.witnesses === 1);

function bodyRow(row, columns) {
  const picked = state.pick?.row === row;
  return el(
    "tr", { role: "row", class: `${row.done ? "" : "not-done"}${picked ? " picked" : ""}`, dataset: { index: row.index }, "aria-current": picked ? "true" : null },
    columns.map((column) => el(
      "td", { role: "cell", class: `col-${column[2]} at-${column[0]}${plain(row, column) ? " plain-cell" : ""}`, dataset: { label: column[1] } }, drawCell(row, column),
    )),
  );
}

// A column that has nothing to tell in this report is left out.
function tells(table, [key, , kind]) {
  if (key === "witnesses") return table.rows.some((row) => row.c.witnesses > 1);
  if (kind === "where") return table.rows.some((row) => row.pl);
  if (kind === "when") return table.rows.some((row) => row.dated);
  return !["text", "list", "number"].includes(kind) || table.rows.some((row) => row.c[key] !== undefined);
}

function draw() {
  if (state.tab === "reports") {
    drawReports();
    return;
  }
  const table = TABLES.get(state.tab);
  gather(table);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(state.page, pages - 1);
  const part = onPaper ? rows : rows.slice(page * PAGE, (page + 1) * PAGE);
  byId("about").textContent = table.about;
  drawCount(table);
  const columns = table.columns.filter((column) => tells(table, column));
  fill(
    byId("table"),
    el("table", { role: "table", class: `ledger ledger-${table.key}`, "aria-rowcount": rows.length + 1 },
      el("caption", { class: "unseen" }, `${table.title}: ${rows.length} rows`),
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, columns.map(headCell))),
      el("tbody", { role: "rowgroup" }, part.map((row) => bodyRow(row, columns)))),
    part.length ? null : emptyWords(table),
  );
  drawPager(page, pages);
  roving();
}

function emptyWords(table) {
  if (!table.rows.length) return el("p", { class: "empty" }, "The reports say nothing of this.");
  return el("p", { class: "empty" }, "No row fits the filters. ",
    el("button", { type: "button", class: "plain link", onclick: clearFilters }, "Clear the filters"));
}

function drawCount(table) {
  const hidden = undatedHidden(table.rows);
  const words = filtering() ? `${plenty(rows.length)} of ${plenty(table.rows.length)} rows` : `${plenty(rows.length)} rows`;
  fill(
    byId("count"), words,
    hidden ? [` · ${plenty(hidden)} undated hidden `, el("button", { type: "button", class: "plain link", onclick: () => update({ undated: true }) }, "show them")] : null,
  );
}

function drawPager(page, pages) {
  const go = (to) => {
    update({ page: to });
    byId("ledgers").scrollIntoView({ block: "start" });
    byId("pager").querySelector("button:not([disabled])")?.focus({ preventScroll: true });
    announce(`Page ${to + 1} of ${pages}`);
  };
  fill(byId("pager"), pages < 2 ? null : [
    el("button", { type: "button", disabled: page === 0, onclick: () => go(page - 1) }, "Previous"),
    el("span", {}, `Page ${page + 1} of ${pages}`),
    el("button", { type: "button", disabled: page === pages - 1, onclick: () => go(page + 1) }, "Next"),
  ]);
}

function drawReports() {
  byId("about").textContent = "The reports that were read, with their origin and the SHA-256 of the original file.";
  byId("count").textContent = `${plenty(DATA.documents.length)} ${DATA.documents.length === 1 ? "report" : "reports"}`;
  const claims = DATA.documents.map(() => 0);
  for (const claim of DATA.claims) claims[claim.d] += 1;
  const pages = Math.ceil(DATA.documents.length / PAGE);
  const page = Math.min(state.page, pages - 1);
  const heads = ["Report", "Source", "Published", "Language", "Claims", "Original (SHA-256)"];
  const line = (report, i) => [
    el("button", { type: "button", class: "plain link", onclick: (event) => chooseReport(i, { from: event.currentTarget }) }, report.name),
    [report.source || el("span", { class: "quiet" }, "not told"), report.kind ? el("span", { class: "note" }, report.kind) : null],
    report.published ? dayWords(dayNumber(report.published)) : report.readings ? `ambiguous: ${report.readings.join(" or ")}` : el("span", { class: "quiet" }, "not told"),
    report.language || "", String(claims[i]), el("code", {}, (report.sha256 || "").slice(0, 16)),
  ];
  fill(byId("table"), el("table", { role: "table", class: "ledger ledger-reports" },
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, heads.map((head) => el("th", { scope: "col", role: "columnheader" }, head)))),
    el("tbody", { role: "rowgroup" }, DATA.documents.slice(page * PAGE, (page + 1) * PAGE).map((report, i) => el(
      "tr", { role: "row" }, line(report, page * PAGE + i).map((cell, j) => el("td", { role: "cell", dataset: { label: heads[j] } }, cell)),
    )))));
  drawPager(page, pages);
}

// --- keys: one row is in the order of tabulation, the arrows go from row to row ---------------------

const buttons = () => [...byId("table").querySelectorAll("button.quote")];

function roving(focused = null) {
  const all = buttons();
  const row = byId("table").querySelector("tr.picked button.quote");
  for (const button of all) button.tabIndex = -1;
  const stop = focused || row || all[0];
  if (stop) stop.tabIndex = 0;
}

function onKey(event) {
  const button = event.target.closest?.("button.quote");
  if (!button) return;
  const tr = button.closest("tr");
  const inRow = [...tr.querySelectorAll("button.quote")];
  let next = null;
  if (event.key === "ArrowDown") next = tr.nextElementSibling?.querySelector("button.quote");
  else if (event.key === "ArrowUp") next = tr.previousElementSibling?.querySelector("button.quote");
  else if (event.key === "ArrowRight") next = inRow[inRow.indexOf(button) + 1];
  else if (event.key === "ArrowLeft") next = inRow[inRow.indexOf(button) - 1];
  else if (event.key === "Home") next = buttons()[0];
  else if (event.key === "End") next = buttons().at(-1);
  else return;
  event.preventDefault();
  if (!next) return;
  roving(next);
  next.focus();
}

function onClick(event) {
  const tr = event.target.closest("tbody tr[data-index]");
  if (!tr || window.getSelection()?.toString()) return;
  const button = event.target.closest("button");
  if (button && !button.classList.contains("quote")) return;
  const row = TABLES.get(state.tab).rows[Number(tr.dataset.index)];
  chooseRow(row, button ? Number(button.dataset.evidence) : 0, { from: button || tr.querySelector("button.quote") });
}

function markPicked() {
  if (state.tab === "reports") return;
  const picked = state.pick?.row;
  if (picked && picked.table.key === state.tab) {
    const position = rows.indexOf(picked);
    if (position >= 0 && Math.floor(position / PAGE) !== state.page) {
      update({ page: Math.floor(position / PAGE) });
      return;
    }
  }
  for (const tr of byId("table").querySelectorAll("tbody tr")) {
    const is = picked?.table.key === state.tab && Number(tr.dataset.index) === picked.index;
    tr.classList.toggle("picked", is);
    if (is) tr.setAttribute("aria-current", "true");
    else tr.removeAttribute("aria-current");
    for (const quote of tr.querySelectorAll("button.quote")) {
      quote.classList.toggle("lit", is && Number(quote.dataset.evidence) === state.pick.evidence);
    }
  }
  roving(document.activeElement?.closest?.("#table") ? document.activeElement.closest("button.quote") : null);
}

export function startTable() {
  byId("table").addEventListener("click", onClick);
  byId("table").addEventListener("keydown", onKey);
  onChange(["tab", "sort", "page", ...FILTER_KEYS], () => { draw(); markPicked(); });
  onChange(["pick"], markPicked);
  for (const [event, paper] of [["beforeprint", true], ["afterprint", false]]) {
    window.addEventListener(event, () => { onPaper = paper; draw(); markPicked(); }); // paper has no pages to turn
  }
  draw();
  markPicked();
}
