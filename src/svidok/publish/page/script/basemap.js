// Land, borders and names under the places.
import { DATA } from "./store.js";
import { WORLD, worldX, worldY } from "./projection.js";

const BASE = DATA.base;

function decode(text, visit) {
  let value = 0;
  let shift = 0;
  let x = 0;
  let y = 0;
  let first = true;
  let even = true;
  for (let i = 0; i < text.length; i += 1) {
    const bits = text.charCodeAt(i) - 63;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits >= 32) continue;
    const step = value & 1 ? ~(value >> 1) : value >> 1;
    value = 0;
    shift = 0;
    if (even) x += step;
    else {
      y += step;
      visit(worldX(x / BASE.quantum), worldY(y / BASE.quantum), first);
      first = false;
    }
    even = !even;
  }
}

function pathOf(lines, closed) {
  const path = new Path2D();
  for (const line of lines) {
    decode(line, (x, y, first) => (first ? path.moveTo(x, y) : path.lineTo(x, y)));
    if (closed) path.closePath();
  }
  return path;
}

let paths = null;

export function drawBase(context, view, width, height, ratio, colours) {
  paths = paths || {
    land: pathOf(BASE.land.flat(), true),
    borders: pathOf(BASE.borders, false),
    open: pathOf(BASE.open, false),
    regions: pathOf(BASE.regions, false),
  };
  context.fillStyle = colours.sea;
  context.fillRect(0, 0, width, height);
  context.save();
  const { scale } = view;
  context.setTransform(
    ratio * scale, 0, 0, ratio * scale,
    ratio * (width / 2 - view.x * scale), ratio * (height / 2 - view.y * scale),
  );
  context.lineJoin = "round";
  context.fillStyle = colours.land;
  context.fill(paths.land, "evenodd");
  context.lineWidth = 0.8 / scale;
  context.strokeStyle = colours.border;
  context.globalAlpha = 0.7;
  context.stroke(paths.land);
  context.globalAlpha = 1;
  if (scale > 4) {
    context.strokeStyle = colours.region;
    context.lineWidth = 1 / scale;
    context.stroke(paths.regions);
  }
  context.strokeStyle = colours.border;
  context.lineWidth = 1.4 / scale;
  context.stroke(paths.borders);
  context.setLineDash([4 / scale, 3 / scale]);
  context.stroke(paths.open);
  context.restore();
}

// Names, most important first; what is drawn is for the map to decide, by room.
export function baseNames(scale) {
  const names = [];
  if (scale < 14) {
    for (const [text, lon, lat, rank] of BASE.countries) {
      if (rank <= (scale < 3 ? 2 : scale < 6 ? 4 : 9)) names.push({ text, lon, lat, style: "country" });
    }
  }
  if (scale >= 7 && scale < 90) for (const [text, lon, lat] of BASE.regionNames) names.push({ text, lon, lat, style: "region" });
  if (scale >= 5) {
    const least = scale < 8 ? 2e6 : scale < 14 ? 8e5 : scale < 24 ? 2.5e5 : 0;
    for (const [text, lon, lat, people] of BASE.towns) if (people >= least) names.push({ text, lon, lat, style: "town" });
  }
  return names;
}

export const MOST_ZOOM = 3000;
export const leastZoom = (width) => Math.max(0.12, width / WORLD / 1.4);
