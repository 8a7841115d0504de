// What is chosen, in full: the claim behind the words, its witnesses, and why claims were joined.
import { announce, byId, el, fill, narrow } from "./dom.js";
import { DATA, ROWS_OF_CLAIM, onChange, state, update } from "./store.js";
import { intervalWords } from "./dates.js";
import { kindWord, quoteOf, sourceLine, statusMark } from "./cells.js";
import { chooseClaim, chooseRow } from "./choose.js";
import { rowLabel } from "./picker.js";
import { sliceOf } from "./filter.js";

const standing = (claim) => (claim.mod === "denied" ? "denied" : claim.pol ? "negated" : claim.mod);

function facts(claim) {
  const lines = [
    ["Happening", [kindWord(claim.k), " ", statusMark(standing(claim)), claim.acled || claim.plover ? el("span", { class: "note" }, [claim.acled && `ACLED: ${claim.acled}`, claim.plover && `PLOVER: ${claim.plover}`].filter(Boolean).join(" · ")) : null]],
    ["Who", (claim.who || []).join("; ")],
    ["To whom", (claim.to || []).join("; ")],
    ["Where", (claim.where || []).join("; ")],
    ["When", claim.when && [intervalWords(...claim.when) || "", claim.inherited ? el("span", { class: "note" }, "from the context, not from these words") : null]],
    ["How many", (claim.n || []).join("; ")],
    ["Said by", claim.by],
    ["Confidence", claim.p !== undefined ? `${Math.round(claim.p * 100)} %` : null],
    ["Read by rule", claim.why],
  ].filter(([, value]) => value && value.length !== 0);
  return el("dl", { class: "facts" }, lines.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

// A quotation with where it stands, ready to be put into notes.
function citation() {
  const { pick } = state;
  const span = pick.row ? pick.row.e[pick.evidence] : [DATA.claims[pick.claim].d, ...DATA.claims[pick.claim].s];
  if (!span) return null;
  const report = DATA.documents[span[0]];
  const where = [report.source, report.title, report.published, report.url].filter(Boolean).join(", ");
  const words = sliceOf(span[0], span[1], span[2]).replace(/\s+/g, " ");
  return `“${words}” (${where || report.name}; document ${report.id}, characters ${span[1]}–${span[2]})`;
}

function copyButton() {
  if (!citation()) return null;
  const button = el("button", { type: "button", class: "plain link copy" }, "Copy words with source");
  button.addEventListener("click", () => {
    navigator.clipboard?.writeText(citation()).then(
      () => { button.textContent = "Copied"; announce("Copied"); },
      () => { button.textContent = "The browser forbids copying"; },
    );
  });
  return el("p", { class: "elsewhere" }, button);
}

function places(claim, current) {
  const rows = ROWS_OF_CLAIM[claim].filter((row) => row !== current);
  if (!rows.length) return null;
  return el("p", { class: "elsewhere" }, "Also in ", rows.slice(0, 8).map((row, i) => [
    i ? ", " : "",
    el("button", {
      type: "button", class: "plain link",
      onclick: () => chooseRow(row, Math.max(0, row.e.findIndex((span) => span[3] === claim))),
    }, row.table.title),
  ]));
}

function sameWords(claim) {
  const one = DATA.claims[claim];
  const others = DATA.claims.map((other, i) => [other, i])
    .filter(([other, i]) => i !== claim && other.d === one.d && other.t[0] < one.t[1] && one.t[0] < other.t[1]);
  if (!others.length) return null;
  return el("p", { class: "elsewhere" }, "The same words also claim: ", others.map(([other, i], n) => [
    n ? "; " : "",
    el("button", { type: "button", class: "plain link", onclick: () => chooseClaim(i) },
      [kindWord(other.k), (other.where || [])[0] && ` at ${other.where[0]}`].filter(Boolean).join("")),
  ]));
}

function witnesses(row, evidence) {
  if (row.e.length < 2) return null;
  const joined = DATA.joins[row.id] || [];
  return el(
    "details", { class: "witnesses", open: row.e.length <= 4 && !(narrow() && row.e.length > 2) },
    el("summary", {}, `${row.e.length} passages`),
    el("ol", {}, row.e.map((span, i) => el("li", {}, el(
      "button", { type: "button", class: `witness${i === evidence ? " lit" : ""}`, "aria-pressed": String(i === evidence), onclick: () => chooseRow(row, i) },
      (row.c.says || [])[i] ? el("span", { class: "says" }, row.c.says[i]) : null, el("q", {}, quoteOf(span, 60)), sourceLine(span),
    )))),
    joined.length ? el("details", { class: "joins" }, el("summary", {}, "Why these were joined"),
      el("ul", {}, joined.slice(0, 40).map(([, , verdict, reasons, judge]) => el("li", {}, `${verdict}: ${reasons} (${judge})`)))) : null,
  );
}

function draw() {
  const { pick } = state;
  if (!pick) {
    fill(byId("card"), el("p", { class: "quiet hint" },
      "Choose a row, a place or a point in time: its exact words light up below. Underlined words in the text lead back to what was read from them."));
    return;
  }
  const row = pick.row;
  const claim = row ? row.e[pick.evidence]?.[3] : pick.claim;
  const title = row ? rowLabel(row) : kindWord(DATA.claims[claim].k);
  fill(
    byId("card"),
    el("div", { class: "card-head" },
      el("h3", {}, title, row && !row.done && row.st ? [" ", statusMark(row.st)] : null),
      el("button", { type: "button", class: "plain close", "aria-label": "Clear the choice", onclick: () => update({ pick: null }) }, "×")),
    row?.c.apart ? el("p", { class: "note" }, `${row.c.apart} apart`) : null,
    row ? witnesses(row, pick.evidence) : null,
    claim !== undefined ? el("details", { class: "detail", open: !narrow() && (!row || row.e.length < 2) }, el("summary", {}, "What was read from these words"), facts(DATA.claims[claim])) : null,
    claim !== undefined ? sameWords(claim) : null,
    claim !== undefined ? places(claim, row) : null,
    copyButton(),
  );
}

export function startCard() {
  onChange(["pick"], draw);
  draw();
}
