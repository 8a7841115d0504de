// The weightiest findings beside the title: what a reader should look at first.
import { byId, el, fill } from "./dom.js";
import { TABLES, update } from "./store.js";
import { chooseRow } from "./choose.js";

const MOST = 3;

export function startLede() {
  const { rows } = TABLES.get("findings");
  if (!rows.length) return;
  byId("lede").hidden = false;
  const more = rows.length - MOST;
  const firsts = rows.filter((row, i) => rows.findIndex((other) => other.c.kind === row.c.kind) === i);
  const chosen = [...new Set([...firsts.slice(0, MOST), ...rows])].slice(0, MOST); // one of each kind first
  fill(
    byId("lede-list"),
    chosen.map((row) => el("li", {}, el(
      "button", { type: "button", onclick: (event) => chooseRow(row, 0, { from: event.currentTarget }) },
      row.c.message, row.c.apart ? el("span", { class: "apart" }, ` ${row.c.apart} apart`) : null,
    ))),
    more > 0 ? el("li", {}, el("button", {
      type: "button", class: "plain link",
      onclick: () => {
        update({ tab: "findings" });
        byId("ledgers").scrollIntoView({ block: "start" });
        byId("tab-findings").focus({ preventScroll: true });
      },
    }, `and ${more} more`)) : null,
  );
}
