// Choosing a row or a claim: the one way from anything that is drawn to its exact words.
import { announce, byId, narrow } from "./dom.js";
import { DATA, ROWS_OF_CLAIM, sourceOf, state, update } from "./store.js";
import { matches } from "./filter.js";

// The reader says what "open" means on a narrow screen; it stands after this module.
let openReader = () => {};
export const setReader = (open) => { openReader = open; };

// Fresh objects, so that choosing the same row again scrolls there again.
export function chooseRow(row, evidence = 0, { from = null, tab = true } = {}) {
  const span = row.e[evidence];
  const change = { pick: { row, evidence } };
  if (span) change.document = span[0];
  if (tab && state.tab !== row.table.key) change.tab = row.table.key;
  update(change);
  if (span) announce(`Shown in the text of ${sourceOf(span[0])}`);
  if (narrow()) openReader(from || document.activeElement);
}

export function chooseReport(number, { from = null } = {}) {
  update({ document: number, pick: null });
  if (narrow()) openReader(from);
}

// A claim is shown by its row in the open table if it has one there, else in the chronology, else alone.
export function chooseClaim(claim, { from = null } = {}) {
  const rows = ROWS_OF_CLAIM[claim].filter((row) => matches(row));
  const row = rows.find((one) => one.table.key === state.tab) || rows.find((one) => one.table.key === "chronology") || rows[0];
  if (row) {
    chooseRow(row, Math.max(0, row.e.findIndex((span) => span[3] === claim)), { from });
    return;
  }
  update({ pick: { claim }, document: DATA.claims[claim].d });
  announce("Shown in the text; the filters hide its row");
  if (narrow()) openReader(from || byId("text"));
}
