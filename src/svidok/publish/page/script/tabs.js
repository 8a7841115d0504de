// The ledgers as tabs, each with the number of its rows that fit the filters.
import { byId, el, fill, plenty } from "./dom.js";
import { DATA, FILTER_KEYS, onChange, state, update } from "./store.js";
import { shown } from "./filter.js";

const TABS = [...DATA.tables.map(({ key, title }) => [key, title]), ["reports", "Reports"]];

function count(key) {
  if (key === "reports") return DATA.documents.length;
  return shown(DATA.tables.find((table) => table.key === key).rows).length;
}

function draw() {
  fill(byId("tabs"), TABS.map(([key, title]) => {
    const open = key === state.tab;
    return el(
      "button", {
        type: "button", role: "tab", id: `tab-${key}`, "aria-selected": String(open), "aria-controls": "panel",
        tabindex: open ? "0" : "-1", onclick: () => update({ tab: key }),
      },
      title, " ", el("span", { class: "tab-count", id: `count-${key}` }, plenty(count(key))),
    );
  }));
  byId("panel").setAttribute("aria-labelledby", `tab-${state.tab}`);
}

function showOpen() {
  for (const [key] of TABS) {
    const tab = byId(`tab-${key}`);
    const open = key === state.tab;
    tab.setAttribute("aria-selected", String(open));
    tab.tabIndex = open ? 0 : -1;
    if (open) {
      const bar = byId("tabs");
      if (tab.offsetLeft < bar.scrollLeft || tab.offsetLeft + tab.offsetWidth > bar.scrollLeft + bar.clientWidth) {
        bar.scrollLeft = tab.offsetLeft - 24;
      }
    }
  }
  byId("panel").setAttribute("aria-labelledby", `tab-${state.tab}`);
}

function countAgain() {
  for (const [key] of TABS) {
    const number = count(key);
    byId(`count-${key}`).textContent = plenty(number);
    byId(`tab-${key}`).classList.toggle("none", number === 0);
  }
}

export function startTabs() {
  draw();
  countAgain();
  byId("tabs").addEventListener("keydown", (event) => {
    const now = TABS.findIndex(([key]) => key === state.tab);
    let next = now;
    if (event.key === "ArrowRight") next = (now + 1) % TABS.length;
    else if (event.key === "ArrowLeft") next = (now - 1 + TABS.length) % TABS.length;
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = TABS.length - 1;
    else return;
    event.preventDefault();
    update({ tab: TABS[next][0] });
    byId(`tab-${TABS[next][0]}`).focus();
  });
  onChange(["tab"], showOpen);
  onChange(FILTER_KEYS, countAgain);
}
