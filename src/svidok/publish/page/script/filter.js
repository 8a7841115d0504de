// Which rows are shown: one filter for the map, the time line and every table.
import { DATA, state } from "./store.js";

const haystacks = new WeakMap();

function haystack(row) {
  let text = haystacks.get(row);
  if (text === undefined) {
    const words = row.e.map(([document, start, end]) => sliceOf(document, start, end));
    text = [...Object.values(row.c).flat(), row.pl?.[0], row.by, ...row.sources, ...words].join(" \n ").toLowerCase();
    haystacks.set(row, text);
  }
  return text;
}

// Exact words of a document. Offsets count code points; strings here count UTF-16 units.
const maps = new Map();

export function unitOf(document, offset) {
  const text = DATA.documents[document].text;
  let map = maps.get(document);
  if (map === undefined) {
    map = null;
    if (/[\ud800-\udfff]/.test(text)) {
      map = [];
      let unit = 0;
      for (const letter of text) {
        map.push(unit);
        unit += letter.length;
      }
      map.push(unit);
    }
    maps.set(document, map);
  }
  return map ? map[Math.min(offset, map.length - 1)] : offset;
}

export function sliceOf(document, start, end) {
  return DATA.documents[document].text.slice(unitOf(document, start), unitOf(document, end));
}

const inTime = (row, from, to) => {
  if (from === null && to === null) return true;
  if (!row.dated) return state.undated;
  return (from === null || row.to >= from) && (to === null || row.from <= to);
};

const NOBODY = () => DATA.sides.length;

export function matches(row, { time = true } = {}) {
  if (time && !inTime(row, state.from, state.to)) return false;
  if (state.groups.size && !row.groups.some((index) => state.groups.has(index))) return false;
  if (state.sides.size) {
    const known = row.sd.length ? row.sd : [NOBODY()];
    if (!known.some((index) => state.sides.has(index))) return false;
  }
  if (state.source && !row.sources.includes(state.source)) return false;
  if (state.kind && !row.k.includes(state.kind)) return false;
  if (state.standing === "done" && !row.done) return false;
  if (state.standing === "not" && row.done) return false;
  if (state.standing && state.standing !== "done" && state.standing !== "not" && row.st !== state.standing) return false;
  if (state.words) {
    const text = haystack(row);
    return state.words.toLowerCase().split(/\s+/).filter(Boolean).every((word) => text.includes(word));
  }
  return true;
}

export const shown = (rows, options) => rows.filter((row) => matches(row, options));

export function undatedHidden(rows) {
  if ((state.from === null && state.to === null) || state.undated) return 0;
  return rows.filter((row) => !row.dated && matches(row, { time: false })).length;
}
