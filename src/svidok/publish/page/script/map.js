// The map: where the happenings are, in what family and on whose side, and how surely placed.
import { announce, byId, calm, fitCanvas, frames } from "./dom.js";
import { EVENTS, onChange, state, update, FILTER_KEYS } from "./store.js";
import { shown } from "./filter.js";
import { onTheme, palette, sideColour } from "./theme.js";
import { drawGlyph } from "./glyphs.js";
import { latOf, lonOf, unitKm, worldX, worldY } from "./projection.js";
import { MOST_ZOOM, baseNames, drawBase, leastZoom } from "./basemap.js";
import { bulkOf, clustersOf, isWide, ringSize, signsOf, spotsOf } from "./clusters.js";
import { close, offer } from "./picker.js";
import { chooseRow } from "./choose.js";

const REACH = 25;
const FLOWER = 7;

let canvas;
let view = null;
let spots = [];
let clusters = [];
let hovered = null;
let stepped = -1;
const { redraw, settle } = frames(draw);

export const mapState = () => ({ view, clusters, spots });

function gather() {
  spots = spotsOf(shown(EVENTS));
  stepped = -1;
  redraw();
}

// --- where the map looks ------------------------------------------------------------------------

function fitTo(points, { most = 160 } = {}) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (!points.length) {
    view = { x: worldX(20), y: worldY(30), scale: leastZoom(width) * 1.3 };
    return;
  }
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((width - 150) / Math.max(east - west, 0.02), (height - 90) / Math.max(south - north, 0.02), most);
  view = { x: (west + east) / 2 - 12 / scale, y: (north + south) / 2, scale: Math.max(scale, leastZoom(width)) };
}

function home() {
  const all = spotsOf(EVENTS);
  const exact = all.filter((spot) => !isWide(spot));
  fitTo(bulkOf(exact.length ? exact : all), { most: 40 });
}

function keepView() {
  update({ view: [lonOf(view.x), latOf(view.y), Math.log2(view.scale)] });
}

function zoom(factor, at) {
  if (!view) settle();
  const { width, height } = canvas.getBoundingClientRect();
  const [px, py] = at || [width / 2, height / 2];
  const x = view.x + (px - width / 2) / view.scale;
  const y = view.y + (py - height / 2) / view.scale;
  const scale = Math.max(leastZoom(width), Math.min(MOST_ZOOM, view.scale * factor));
  view = { x: x - (px - width / 2) / scale, y: y - (py - height / 2) / scale, scale };
  redraw();
}

function pan(dx, dy) {
  if (!view) settle();
  view = { ...view, x: view.x - dx / view.scale, y: Math.max(0, Math.min(4096, view.y - dy / view.scale)) };
  redraw();
}

export function showPlace(row) {
  if (!row?.pl || row.pl.length < 4 || !view) return;
  const [, kind, lon, lat, radius] = row.pl;
  if (isWide({ kind, radius })) return redraw();
  const [sx, sy] = place({ x: worldX(lon), y: worldY(lat) });
  const margin = 40;
  if (sx < margin || sy < margin || sx > canvas.clientWidth - margin || sy > canvas.clientHeight - margin) {
    view = { ...view, x: worldX(lon), y: worldY(lat) };
    keepView();
  }
  return redraw();
}

// --- drawing --------------------------------------------------------------------------------------

function place(point) {
  return [
    canvas.clientWidth / 2 + (point.x - view.x) * view.scale,
    canvas.clientHeight / 2 + (point.y - view.y) * view.scale,
  ];
}

function draw() {
  if (!canvas.clientWidth) return;
  if (!view) home();
  const { context, width, height, ratio } = fitCanvas(canvas);
  const colours = palette();
  drawBase(context, view, width, height, ratio, colours);
  clusters = clustersOf(spots, view, REACH);
  for (const cluster of clusters) {
    [cluster.px, cluster.py] = place(cluster);
    cluster.seen = cluster.px > -60 && cluster.py > -60 && cluster.px < width + 60 && cluster.py < height + 60;
  }
  const boxes = [[width - 170, height - 34, width, height], [0, 0, 46, 112]]; // the scale and the buttons
  drawAreas(context, width, height);
  const seen = clusters.filter((cluster) => cluster.seen);
  for (const cluster of [...seen].reverse()) drawCluster(context, cluster, colours);
  for (const cluster of seen) boxes.push([cluster.px - cluster.r, cluster.py - cluster.r, cluster.px + cluster.r, cluster.py + cluster.r]);
  drawPicked(context, colours);
  drawNames(context, seen, boxes, width, height, colours);
  drawScale(context, width, height, colours);
}

function drawAreas(context, width, height) {
  for (const spot of spots) {
    if (!spot.radius) continue;
    const r = (spot.radius / unitKm(spot.lat)) * view.scale;
    if (r < 9 || r > Math.max(width, height) * 1.5) continue;
    const [x, y] = place(spot);
    if (x + r < 0 || y + r < 0 || x - r > width || y - r > height) continue;
    const picked = state.pick?.row && spot.rows.includes(state.pick.row);
    const pointed = picked || hovered?.spots.includes(spot) || clusters[stepped]?.spots.includes(spot);
    if ((isWide(spot) || r > 70) && !pointed) continue;
    const colour = sideColour(signsOf(spot.rows)[0].side);
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.globalAlpha = pointed ? 0.16 : 0.06;
    context.fill();
    context.globalAlpha = pointed ? 0.9 : 0.4;
    context.setLineDash([4, 4]);
    context.lineWidth = 1;
    context.strokeStyle = colour;
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
}

function drawCluster(context, cluster, colours) {
  const { px: x, py: y } = cluster;
  const signs = signsOf(cluster.rows);
  if (cluster.spots.length === 1 && signs.length <= FLOWER && !cluster.wide) {
    cluster.r = 0;
    signs.forEach((sign, i) => {
      const r = 4.6 + Math.min(3.4, Math.log2(sign.count) * 1.1);
      const far = i === 0 && signs.length === 1 ? 0 : 3.2 + 6.1 * Math.sqrt(i);
      const angle = i * 2.39996 - 1.2;
      const gx = x + far * Math.cos(angle);
      const gy = y + far * Math.sin(angle);
      cluster.r = Math.max(cluster.r, far + r + 1);
      drawGlyph(context, sign.glyph, gx, gy, r, sideColour(sign.side), { hollow: !sign.done, paper: colours.halo });
    });
    return;
  }
  const count = cluster.rows.length;
  const r = ringSize(count);
  cluster.r = r + 2;
  context.beginPath();
  context.arc(x, y, r + 1.5, 0, 2 * Math.PI);
  context.fillStyle = colours.halo;
  context.fill();
  let start = -Math.PI / 2;
  const shares = new Map();
  for (const sign of signs) shares.set(sign.side, (shares.get(sign.side) || 0) + sign.count);
  for (const [side, share] of [...shares].sort((a, b) => a[0] - b[0])) {
    const end = start + (share / count) * 2 * Math.PI;
    context.beginPath();
    context.arc(x, y, r, start, end);
    context.arc(x, y, r - 4, end, start, true);
    context.closePath();
    context.fillStyle = sideColour(side);
    context.fill();
    start = end;
  }
  if (cluster.wide) {
    context.beginPath();
    context.arc(x, y, r + 4, 0, 2 * Math.PI);
    context.setLineDash([2, 3]);
    context.strokeStyle = colours.muted;
    context.lineWidth = 1.2;
    context.stroke();
    context.setLineDash([]);
    cluster.r = r + 5;
  }
  context.fillStyle = colours.ink;
  context.font = `600 ${count > 99 ? 10 : 11}px ${colours.sans}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(count > 999 ? `${Math.round(count / 1000)}k` : count, x, y + 0.5);
}

function drawPicked(context, colours) {
  const rings = [];
  const row = state.pick?.row;
  if (row?.pl?.length >= 4) rings.push([{ x: worldX(row.pl[2]), y: worldY(row.pl[3]) }, 3]);
  if (hovered) rings.push([hovered, 1.5]);
  if (clusters[stepped]) rings.push([clusters[stepped], 3]);
  for (const [point, thick] of rings) {
    const [x, y] = place(point);
    const owner = clusters.find((c) => Math.hypot(c.px - x, c.py - y) < c.r + 1) || { px: x, py: y, r: 9 };
    context.beginPath();
    context.arc(owner.px, owner.py, owner.r + 4, 0, 2 * Math.PI);
    context.lineWidth = thick;
    context.strokeStyle = thick > 2 ? colours.focus : colours.ink;
    context.stroke();
  }
}

function drawNames(context, seen, boxes, width, height, colours) {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const free = (box) => !boxes.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);
  const write = (text, x, y, font, colour, align, spread = 0) => {
    context.font = font;
    context.letterSpacing = `${spread}px`;
    const w = context.measureText(text).width;
    const left = align === "center" ? x - w / 2 : align === "right" ? x - w : x;
    const box = [left - 2, y - 7, left + w + 2, y + 7];
    if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2 || !free(box)) return false;
    boxes.push(box);
    context.textAlign = "left";
    context.lineWidth = 3;
    context.strokeStyle = colours.land;
    context.globalAlpha = 0.85;
    context.strokeText(text, left, y);
    context.globalAlpha = 1;
    context.fillStyle = colour;
    context.fillText(text, left, y);
    return true;
  };
  const named = new Set();
  for (const cluster of seen) {
    const first = cluster.spots[0];
    const extra = cluster.spots.length - 1;
    const text = (cluster.wide ? `somewhere in ${first.name}` : first.name) + (extra ? ` +${extra}` : "");
    const font = `${cluster.wide ? "italic 400 11.5px" : "600 12.5px"} ${cluster.wide ? colours.serif : colours.sans}`;
    const gap = cluster.r + 4;
    const tries = [[cluster.px + gap, cluster.py, "left"], [cluster.px - gap, cluster.py, "right"],
      [cluster.px, cluster.py + gap + 6, "center"], [cluster.px, cluster.py - gap - 6, "center"],
      ...[[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([h, v]) => [
        cluster.px + h * gap * 0.75, cluster.py + v * (gap * 0.75 + 4), h > 0 ? "left" : "right",
      ])];
    for (const [x, y, align] of tries) if (write(text, x, y, font, colours.ink, align)) break;
    for (const spot of cluster.spots) named.add(spot.name);
  }
  for (const name of baseNames(view.scale)) {
    if (named.has(name.text)) continue;
    const [x, y] = place({ x: worldX(name.lon), y: worldY(name.lat) });
    if (x < 0 || y < 0 || x > width || y > height) continue;
    if (name.style === "country") write(name.text.toUpperCase(), x, y, `500 11px ${colours.sans}`, colours["map-label"], "center", 2);
    else if (name.style === "region") write(name.text, x, y, `italic 12px ${colours.serif}`, colours["map-label"], "center", 0.6);
    else if (write(name.text, x + 5, y, `11px ${colours.sans}`, colours["map-label"], "left")) {
      context.beginPath();
      context.arc(x, y, 1.8, 0, 2 * Math.PI);
      context.fillStyle = colours["map-label"];
      context.fill();
    }
  }
  context.letterSpacing = "0px";
}

function drawScale(context, width, height, colours) {
  const perPixel = unitKm(latOf(view.y)) / view.scale;
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
  const km = [...steps].reverse().find((step) => step / perPixel < 130) || 1;
  const wide = km / perPixel;
  const x = width - wide - 14;
  const y = height - 14;
  context.strokeStyle = colours.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, y - 4);
  context.lineTo(x, y);
  context.lineTo(x + wide, y);
  context.lineTo(x + wide, y - 4);
  context.stroke();
  context.font = `11px ${colours.sans}`;
  context.fillStyle = colours.ink;
  context.textAlign = "center";
  context.fillText(`${km} km`, x + wide / 2, y - 9);
}

// --- hands and keys ---------------------------------------------------------------------------------

function at(event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function clusterAt([x, y], slack) {
  let best = null;
  let least = Infinity;
  for (const cluster of clusters) {
    const distance = Math.hypot(cluster.px - x, cluster.py - y) - cluster.r;
    if (distance < slack && distance < least) {
      least = distance;
      best = cluster;
    }
  }
  return best;
}

function nameOf(cluster) {
  const extra = cluster.spots.length - 1;
  return cluster.spots[0].name + (extra ? ` and ${extra} more ${extra > 1 ? "places" : "place"}` : "");
}

function open(cluster) {
  if (cluster.spots.length > 1 && view.scale < MOST_ZOOM / 2) {
    const before = view;
    fitTo(cluster.spots, { most: view.scale * 6 });
    view.scale = Math.max(view.scale, before.scale * 1.6);
    stepped = -1;
    keepView();
    redraw();
    announce(`Zoomed to ${nameOf(cluster)}`);
    if (clustersOf(cluster.spots, view, REACH).length > 1) return;
  }
  if (cluster.rows.length === 1) {
    close();
    chooseRow(cluster.rows[0], 0, { from: canvas });
    return;
  }
  const title = cluster.wide ? `Somewhere in ${nameOf(cluster)}` : nameOf(cluster);
  offer(byId("map-box"), title, cluster.rows, (row) => { close(); chooseRow(row, 0, { from: canvas }); }, canvas);
}

function step(by) {
  settle();
  const seen = clusters.filter((c) => c.px > 0 && c.py > 0 && c.px < canvas.clientWidth && c.py < canvas.clientHeight);
  if (!seen.length) return announce("No places in sight");
  const now = seen.indexOf(clusters[stepped]);
  const next = seen[(now + by + seen.length) % seen.length];
  stepped = clusters.indexOf(next);
  redraw();
  const count = next.rows.length;
  return announce(`${nameOf(next)}: ${count} ${count === 1 ? "happening" : "happenings"}. Enter opens.`);
}

const KEYS = {
  ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
  "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: () => { home(); redraw(); },
  n: () => step(1), p: () => step(-1), "]": () => step(1), "[": () => step(-1),
  Enter: () => clusters[stepped] && open(clusters[stepped]),
};

function listen() {
  const fingers = new Map();
  let moved = 0;
  let gap = 0;
  canvas.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, at(event));
    canvas.setPointerCapture(event.pointerId);
    moved = 0;
    gap = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const here = at(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      const under = clusterAt(here, 5);
      if (under !== hovered) {
        hovered = under;
        canvas.style.cursor = under ? "pointer" : "grab";
        const count = under ? under.rows.length : 0;
        byId("map-tip").textContent = under ? `${nameOf(under)} · ${count} ${count === 1 ? "happening" : "happenings"}` : "";
        redraw();
      }
      return;
    }
    fingers.set(event.pointerId, here);
    if (fingers.size === 1) {
      moved += Math.abs(here[0] - before[0]) + Math.abs(here[1] - before[1]);
      if (moved > 4) pan(here[0] - before[0], here[1] - before[1]);
    } else if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const now = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (gap) zoom(now / gap, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
      gap = now;
      moved = 99;
    }
  });
  const lift = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (event.type === "pointerup" && moved <= 4) {
      const hit = clusterAt(at(event), event.pointerType === "touch" ? 14 : 5);
      close();
      if (hit) open(hit);
    } else keepView();
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => { hovered = null; byId("map-tip").textContent = ""; redraw(); });
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), at(event));
    keepView();
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => { zoom(2, at(event)); keepView(); });
  canvas.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
    if (!["n", "p", "[", "]", "Enter"].includes(event.key)) keepView();
  });
  byId("zoom-in").addEventListener("click", () => { glide(1.8); });
  byId("zoom-out").addEventListener("click", () => { glide(1 / 1.8); });
  byId("zoom-all").addEventListener("click", () => { home(); keepView(); redraw(); });
}

function glide(factor) {
  const frames = calm() ? 1 : 8;
  let done = 0;
  const tick = () => {
    zoom(factor ** (1 / frames));
    done += 1;
    if (done < frames) requestAnimationFrame(tick);
    else keepView();
  };
  tick();
}

export function startMap() {
  canvas = byId("map");
  if (state.view) view = { x: worldX(state.view[0]), y: worldY(state.view[1]), scale: 2 ** state.view[2] };
  listen();
  onChange(FILTER_KEYS, gather);
  onChange(["pick"], redraw);
  onChange(["view"], () => {
    if (!state.view) return;
    const [x, y, scale] = [worldX(state.view[0]), worldY(state.view[1]), 2 ** state.view[2]];
    if (Math.abs(x - view.x) * scale > 1 || Math.abs(y - view.y) * scale > 1 || Math.abs(scale / view.scale - 1) > 0.01) {
      view = { x, y, scale };
      redraw();
    }
  });
  onTheme(redraw);
  new ResizeObserver(redraw).observe(canvas);
  gather();
}
