// A shape for every family of happenings; full when said to have happened, hollow when not.
import { svg } from "./dom.js";
import { colourOf } from "./store.js";

const POINTS = {
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  triangle: [[0, -1.15], [1.1, 0.85], [-1.1, 0.85]],
  house: [[0, -1.15], [1.05, -0.2], [0.85, 0.95], [-0.85, 0.95], [-1.05, -0.2]],
  cross: [
    [-0.4, -1.15], [0.4, -1.15], [0.4, -0.4], [1.15, -0.4], [1.15, 0.4], [0.4, 0.4],
    [0.4, 1.15], [-0.4, 1.15], [-0.4, 0.4], [-1.15, 0.4], [-1.15, -0.4], [-0.4, -0.4],
  ],
};

function trace(context, glyph, x, y, r) {
  context.beginPath();
  const points = POINTS[glyph];
  if (points) {
    points.forEach(([px, py], i) => (i ? context.lineTo(x + px * r, y + py * r) : context.moveTo(x + px * r, y + py * r)));
    context.closePath();
  } else {
    context.arc(x, y, r, 0, 2 * Math.PI);
    if (glyph === "ring") context.arc(x, y, r * 0.45, 0, 2 * Math.PI, true);
  }
}

export function drawGlyph(context, glyph, x, y, r, colour, { hollow = false, paper = "#fff", edge = 1.25 } = {}) {
  trace(context, glyph, x, y, r);
  if (hollow) {
    context.fillStyle = paper;
    context.fill();
    context.setLineDash([2.2, 1.6]);
    context.lineWidth = 1.5;
    context.strokeStyle = colour;
    context.stroke();
    context.setLineDash([]);
    return;
  }
  context.lineWidth = edge * 2;
  context.strokeStyle = paper;
  context.lineJoin = "round";
  if (edge) context.stroke();
  context.fillStyle = colour;
  context.fill("evenodd");
}

export function glyphMark(glyph, side, { hollow = false, size = 13 } = {}) {
  const points = POINTS[glyph];
  const picture = svg("svg", {
    viewBox: "-1.5 -1.5 3 3", width: size, height: size, "aria-hidden": "true", focusable: "false",
    class: `glyph side-${colourOf(side)}${hollow ? " hollow" : ""}`,
  });
  if (points) picture.append(svg("polygon", { points: points.map((p) => p.join(",")).join(" ") }));
  else if (glyph === "ring" && !hollow) picture.append(svg("circle", { r: 0.75, class: "ring" }));
  else picture.append(svg("circle", { r: 1 }));
  return picture;
}
