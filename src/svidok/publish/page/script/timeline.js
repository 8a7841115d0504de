// The time line: a lane for each family, bars for intervals, points for days, the undated beside.
import { announce, byId, fitCanvas, frames, narrow } from "./dom.js";
import { DATA, EVENTS, FILTER_KEYS, onChange, state } from "./store.js";
import { matches } from "./filter.js";
import { onTheme, palette, sideColour } from "./theme.js";
import { drawGlyph } from "./glyphs.js";
import { coreOf, ticksOf } from "./axis.js";
import { dayWords, intervalWords } from "./dates.js";
import { close, offer, rowLabel } from "./picker.js";
import { chooseRow } from "./choose.js";

export const CORE = coreOf(EVENTS) || [0, 1];
const OUTSIDE = { before: EVENTS.some((r) => r.dated && r.to < CORE[0]), after: EVENTS.some((r) => r.dated && r.from > CORE[1]) };
const LANE = 32;
const TOP = 20;

let canvas;
let marks = [];
let hovered = null;
let stepped = -1;
const { redraw, settle } = frames(draw);

export function plot() {
  const width = canvas.clientWidth;
  const gutter = narrow() ? 30 : 148;
  const before = OUTSIDE.before ? 46 : 8;
  const after = (OUTSIDE.after ? 46 : 0) + (EVENTS.some((row) => !row.dated) ? 58 : 8);
  const left = gutter + before;
  const right = Math.max(left + 60, width - after);
  return { width, gutter, left, right, scale: (right - left) / (CORE[1] - CORE[0] + 1) };
}

export const xOf = (day, box) => box.left + (day - CORE[0]) * box.scale;

const lanes = () => DATA.groups.map((group, index) => ({ group, index })).filter(({ index }) => EVENTS.some((row) => row.kind?.index === index));

function draw() {
  if (!canvas.clientWidth) return;
  const rows = lanes();
  canvas.style.height = `${TOP + rows.length * LANE + 24}px`;
  const { context, width, height } = fitCanvas(canvas);
  const colours = palette();
  const box = plot();
  context.clearRect(0, 0, width, height);
  marks = [];
  drawFrame(context, box, rows, height, colours);
  rows.forEach((lane, i) => drawLane(context, lane, TOP + i * LANE, box, colours));
  drawWindow(context, box, height, colours);
  drawPicked(context, colours);
}

function drawFrame(context, box, rows, height, colours) {
  context.textBaseline = "middle";
  rows.forEach(({ group }, i) => {
    const y = TOP + i * LANE;
    context.fillStyle = i % 2 ? colours.paper : colours.panel;
    context.fillRect(0, y, box.width, LANE);
    drawGlyph(context, group.glyph, 12, y + LANE / 2, 5, colours.muted, { paper: colours.paper, edge: 0 });
    if (box.gutter > 60) {
      context.font = `12.5px ${colours.sans}`;
      context.fillStyle = colours.ink;
      context.textAlign = "left";
      context.fillText(group.label, 24, y + LANE / 2 + 0.5);
    }
  });
  const bottom = height - 22;
  context.font = `11px ${colours.sans}`;
  context.textAlign = "center";
  const ticks = ticksOf(CORE[0], CORE[1], box.right - box.left);
  for (const major of [true, false]) {
    for (const [day, , isMajor] of ticks) {
      if (isMajor !== major) continue;
      const x = xOf(day, box);
      context.beginPath();
      context.moveTo(x + 0.5, TOP);
      context.lineTo(x + 0.5, bottom);
      context.strokeStyle = colours.rule;
      context.globalAlpha = major ? 1 : 0.55;
      context.stroke();
      context.globalAlpha = 1;
    }
  }
  const placed = [];
  for (const [day, words] of [...ticks].sort((a, b) => b[2] - a[2] || a[0] - b[0])) {
    const x = xOf(day, box);
    const half = context.measureText(words).width / 2 + 5;
    if (placed.some(([a, b]) => x - half < b && x + half > a) || x + half > box.right + 30) continue;
    placed.push([x - half, x + half]);
    context.fillStyle = colours.muted;
    context.fillText(words, x, bottom + 11);
  }
  const beside = (x, words) => {
    context.fillStyle = colours.muted;
    context.fillText(words, x, 10);
  };
  if (OUTSIDE.before) { beside(box.gutter + 20, "earlier"); rule(context, box.left - 4, bottom, colours); }
  if (OUTSIDE.after) { beside(box.right + 24, "later"); rule(context, box.right + 4, bottom, colours); }
  if (EVENTS.some((row) => !row.dated)) {
    beside(box.width - 28, "undated");
    rule(context, box.width - 56, bottom, colours);
  }
}

function rule(context, x, bottom, colours) {
  context.beginPath();
  context.setLineDash([2, 3]);
  context.moveTo(x + 0.5, 4);
  context.lineTo(x + 0.5, bottom);
  context.strokeStyle = colours.muted;
  context.stroke();
  context.setLineDash([]);
}

function drawLane(context, lane, y, box, colours) {
  const own = EVENTS.filter((row) => row.kind?.index === lane.index && matches(row, { time: false }));
  const middle = y + LANE / 2;
  const days = new Map();
  const bins = { before: [], after: [], undated: [] };
  const bars = [];
  for (const row of own) {
    if (!row.dated) bins.undated.push(row);
    else if (row.to < CORE[0]) bins.before.push(row);
    else if (row.from > CORE[1]) bins.after.push(row);
    else if (row.from === row.to) days.set(row.from, [...(days.get(row.from) || []), row]);
    else bars.push(row);
  }
  drawBars(context, bars, y, box, colours);
  const large = Math.max(2.6, Math.min(4.4, box.scale * 0.42));
  const most = Math.floor((LANE - 4) / 4.4);
  for (const [day, all] of days) {
    const x = xOf(day + 0.5, box);
    if (all.length > most) {
      heap(context, x, middle, all, lane, colours, dayWords(day));
      continue;
    }
    const size = Math.min(large, (LANE - 4) / all.length / 2.1);
    all.forEach((row, i) => {
      const py = middle + (i - (all.length - 1) / 2) * size * 2.1;
      context.globalAlpha = inWindow(row) ? 1 : 0.22;
      if (!row.a || !row.b) openEnd(context, x, py, size, row);
      drawGlyph(context, lane.group.glyph, x, py, size, sideColour(row.co), { hollow: !row.done, paper: colours.paper, edge: 0.6 });
      context.globalAlpha = 1;
      marks.push({ x, y: py, r: size + 2, rows: [row], title: dayWords(day) });
    });
  }
  if (bins.before.length) heap(context, box.gutter + 20, middle, bins.before, lane, colours, "Earlier");
  if (bins.after.length) heap(context, box.right + 24, middle, bins.after, lane, colours, "Later");
  if (bins.undated.length) heap(context, box.width - 28, middle, bins.undated, lane, colours, "Undated");
}

// One side of the time is not told: a thin line runs out into it.
function openEnd(context, x, y, size, row) {
  const way = row.a ? 1 : -1;
  context.beginPath();
  context.moveTo(x + way * size, y);
  context.lineTo(x + way * (size + 9), y);
  context.setLineDash([2, 1.5]);
  context.lineWidth = 1.4;
  context.strokeStyle = sideColour(row.co);
  context.stroke();
  context.setLineDash([]);
}

function drawBars(context, bars, y, box, colours) {
  bars.sort((a, b) => a.from - b.from || b.to - a.to || a.index - b.index);
  const levels = [];
  for (const row of bars) {
    const x0 = xOf(Math.max(CORE[0], row.from), box);
    const x1 = Math.max(x0 + 3, xOf(Math.min(CORE[1], row.to) + 1, box));
    let level = levels.findIndex((end) => end <= x0);
    if (level < 0) level = levels.length;
    levels[level] = x1 + 1;
    row.bar = [x0, x1, level];
  }
  const thick = Math.max(1.2, Math.min(5, (LANE - 6) / Math.max(1, levels.length)));
  for (const row of bars) {
    const [x0, x1, level] = row.bar;
    const top = y + 3 + level * thick;
    if (top > y + LANE - 2) continue;
    context.globalAlpha = (inWindow(row) ? 0.8 : 0.16) * (x1 - x0 > 200 ? 0.75 : 1);
    context.fillStyle = context.strokeStyle = sideColour(row.co);
    if (row.done) context.fillRect(x0, top, x1 - x0, Math.max(1, thick - 1));
    else {
      context.setLineDash([3, 2]);
      context.lineWidth = 1;
      context.strokeRect(x0 + 0.5, top + 0.5, x1 - x0 - 1, Math.max(1, thick - 2));
      context.setLineDash([]);
    }
    context.globalAlpha = 1;
    marks.push({ x: (x0 + x1) / 2, y: top + thick / 2, r: thick, x0, x1, rows: [row], title: intervalWords(row.a, row.b) });
  }
}

// Too many for points: their number, framed in the colours of the sides.
function heap(context, x, y, rows, lane, colours, title) {
  const words = String(rows.length);
  context.font = `600 10.5px ${colours.sans}`;
  const half = Math.max(8, context.measureText(words).width / 2 + 4);
  context.globalAlpha = rows.some(inWindow) ? 1 : 0.3;
  context.fillStyle = colours.halo;
  context.fillRect(x - half, y - 9, half * 2, 18);
  const shares = new Map();
  for (const row of rows) shares.set(row.co ?? 99, (shares.get(row.co ?? 99) || 0) + 1);
  let left = x - half;
  for (const [side, count] of [...shares].sort((a, b) => a[0] - b[0])) {
    const wide = (count / rows.length) * half * 2;
    context.fillStyle = sideColour(side);
    context.fillRect(left, y + 6, wide, 3);
    left += wide;
  }
  context.fillStyle = colours.ink;
  context.textAlign = "center";
  context.fillText(words, x, y - 0.5);
  context.globalAlpha = 1;
  marks.push({ x, y, r: 10, x0: x - half, x1: x + half, rows, title: `${title}, ${lane.group.label.toLowerCase()}` });
}

function inWindow(row) {
  if (state.from === null && state.to === null) return true;
  if (!row.dated) return state.undated;
  return (state.from === null || row.to >= state.from) && (state.to === null || row.from <= state.to);
}

function drawWindow(context, box, height, colours) {
  if (state.from === null && state.to === null) return;
  const x0 = state.from === null ? box.left : Math.max(box.left, xOf(state.from, box));
  const x1 = state.to === null ? box.right : Math.min(box.right, xOf(state.to + 1, box));
  context.fillStyle = colours.paper;
  context.globalAlpha = 0.45;
  context.fillRect(box.left - 3, TOP, Math.max(0, x0 - box.left + 3), height - TOP - 22);
  context.fillRect(x1, TOP, Math.max(0, box.right - x1), height - TOP - 22);
  context.globalAlpha = 1;
  context.strokeStyle = colours.focus;
  context.lineWidth = 1.5;
  for (const x of [x0, x1]) {
    context.beginPath();
    context.moveTo(x, TOP - 4);
    context.lineTo(x, height - 22);
    context.stroke();
  }
}

function drawPicked(context, colours) {
  const ring = (mark, thick, colour) => {
    context.lineWidth = thick;
    context.strokeStyle = colour;
    if (mark.x0 !== undefined) context.strokeRect(mark.x0 - 2, mark.y - mark.r - 1, mark.x1 - mark.x0 + 4, mark.r * 2 + 2);
    else {
      context.beginPath();
      context.arc(mark.x, mark.y, mark.r + 3, 0, 2 * Math.PI);
      context.stroke();
    }
  };
  const row = state.pick?.row;
  const picked = row && marks.find((mark) => mark.rows.includes(row));
  if (picked) ring(picked, 2.5, colours.focus);
  if (hovered && marks.includes(hovered)) ring(hovered, 1, colours.ink);
  if (marks[stepped]) ring(marks[stepped], 2.5, colours.focus);
}

function markAt(event) {
  const frame = canvas.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  let best = null;
  let least = 7;
  for (const mark of marks) {
    const dx = mark.x0 === undefined ? Math.abs(mark.x - x) - mark.r : Math.max(mark.x0 - x, x - mark.x1, 0);
    const dy = Math.max(0, Math.abs(mark.y - y) - mark.r);
    const distance = Math.max(0, dx) + dy;
    if (distance < least) { least = distance; best = mark; }
  }
  return best;
}

function open(mark) {
  if (mark.rows.length === 1) {
    close();
    chooseRow(mark.rows[0], 0, { from: canvas });
  } else offer(byId("time-box"), mark.title, mark.rows, (row) => { close(); chooseRow(row, 0, { from: canvas }); }, canvas);
}

function step(by) {
  settle();
  if (!marks.length) return;
  const order = [...marks].sort((a, b) => (a.rows[0].from ?? 1e9) - (b.rows[0].from ?? 1e9) || a.y - b.y);
  const now = order.indexOf(marks[stepped]);
  const next = order[(now + by + order.length) % order.length];
  stepped = marks.indexOf(next);
  redraw();
  const one = next.rows.length === 1 ? rowLabel(next.rows[0]) : `${next.rows.length} happenings`;
  announce(`${next.title}: ${one}. Enter opens.`);
}

export function startTimeline() {
  canvas = byId("timeline");
  canvas.addEventListener("pointermove", (event) => {
    const mark = markAt(event);
    if (mark === hovered) return;
    hovered = mark;
    canvas.style.cursor = mark ? "pointer" : "default";
    const words = mark && (mark.rows.length === 1 ? rowLabel(mark.rows[0]) : `${mark.rows.length} happenings`);
    byId("time-tip").textContent = mark ? `${mark.title} · ${words}` : "";
    redraw();
  });
  canvas.addEventListener("pointerleave", () => { hovered = null; byId("time-tip").textContent = ""; redraw(); });
  canvas.addEventListener("click", (event) => {
    const mark = markAt(event);
    close();
    if (mark) open(mark);
  });
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "n") step(1);
    else if (event.key === "ArrowLeft" || event.key === "p") step(-1);
    else if (event.key === "Enter" && marks[stepped]) open(marks[stepped]);
    else return;
    event.preventDefault();
  });
  onChange(FILTER_KEYS, () => { stepped = -1; redraw(); });
  onChange(["pick"], redraw);
  onTheme(redraw);
  new ResizeObserver(redraw).observe(canvas);
  redraw();
}
