// The front page: map, time line and list follow one address.
import { boundsOf, colour, ink, keep, ring, tryMap } from "./basemap.mjs";
import { toDay, toIso, toLastDay } from "./days.mjs";
import { Points } from "./points.mjs";
import { Timeline } from "./timeline.mjs";

const empty = { type: "FeatureCollection", features: [] };

export async function startFront(element) {
  const answer = await fetch(element.dataset.map, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  const points = new Points(await answer.json());
  const placed = [...points.places.values()].flatMap((p) => p.own.map(() => p));
  const map = tryMap(element, boundsOf(placed.map((p) => p.lon), placed.map((p) => p.lat)));
  window.svidokMap = map;
  const time = new Timeline(points, (settled) => { draw(settled); if (settled) refresh(); });
  const asked = new URLSearchParams(location.search);
  if (time.extent) time.set(toDay(asked.get("from")) ?? time.extent[0], toLastDay(asked.get("to")) ?? time.extent[1]);
  let waiting = false, whole = false, outlined = -Infinity;

  // Circles at each step; the outlines of areas, which are dear, a few times a second and when the days are settled.
  function paint(settled) {
    const [first, last] = time.span, found = points.features(first, last, time.all);
    element.dataset.shown = found.shown;
    const data = map?.getSource("events");
    if (!data) return;
    data.setData({ type: "FeatureCollection", features: found.points });
    if (!settled && performance.now() - outlined < 250) return;
    outlined = performance.now();
    map.getSource("areas").setData({
      type: "FeatureCollection",
      features: found.areas.slice(0, 500).map(({ place, properties }) => ({ type: "Feature", properties, geometry: { type: "Polygon", coordinates: [place.ring ??= ring(place.lon, place.lat, place.radius)] } })),
    });
  }
  function draw(settled) {
    whole ||= settled;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; paint(whole); whole = false; });
  }
  legend(points);
  paint(true);
  if (!map) return;
  keep(map, () => {
    const side = ["match", ["get", "c"], ...[0, 1, 2, 3, 4, 5, 6].flatMap((n) => [n, colour(n)]), colour(null)];
    const size = ["interpolate", ["linear"], ["ln", ["get", "n"]], 0, 5, 7, 24];
    map.addSource("areas", { type: "geojson", data: empty });
    map.addSource("events", { type: "geojson", data: empty });
    map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": side, "fill-opacity": 0.07 } });
    map.addLayer({ id: "areas-edge", type: "line", source: "areas", paint: { "line-color": side, "line-opacity": 0.5, "line-width": 1, "line-dasharray": [3, 3] } });
    map.addLayer({ id: "events", type: "circle", source: "events", layout: { "circle-sort-key": ["-", 0, ["get", "n"]] }, paint: {
      "circle-radius": size, "circle-color": side, "circle-opacity": ["case", ["==", ["get", "hollow"], 1], 0.08, 0.82],
      "circle-stroke-color": ["case", ["==", ["get", "hollow"], 1], side, ink("--paper")], "circle-stroke-width": 1.4 } });
    map.addLayer({ id: "counts", type: "symbol", source: "events", filter: [">", ["get", "n"], 1], layout: { "text-field": ["to-string", ["get", "n"]], "text-size": 11, "text-font": ["sans-serif"], "text-allow-overlap": false }, paint: { "text-color": ink("--paper") } });
    paint(true);
  });
  map.on("mouseenter", "events", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "events", () => { map.getCanvas().style.cursor = ""; });
  map.on("click", "events", (event) => {
    const [lon, lat] = event.features[0].geometry.coordinates;
    refresh({ near: `${lat.toFixed(4)},${lon.toFixed(4)},1` });
  });

  async function refresh(more) {
    const wanted = new URLSearchParams(location.search);
    wanted.delete("page");
    if (time.extent) {
      const [first, last] = time.span;
      if (time.all) { wanted.delete("from"); wanted.delete("to"); } else { wanted.set("from", toIso(first)); wanted.set("to", toIso(last)); }
    }
    for (const [key, value] of Object.entries(more || {})) wanted.set(key, value);
    for (const [key, value] of [...wanted]) if (!value) wanted.delete(key);
    for (const [name, key] of [["from", "#f-from"], ["to", "#f-to"], ["near", "#f-near"]]) document.querySelector(key).value = wanted.get(name) || "";
    history.replaceState(null, "", "/" + (wanted.size ? "?" + wanted : ""));
    await window.htmx.ajax("GET", "/events?" + wanted, { target: "#list", swap: "innerHTML" });
    document.querySelector("#told").textContent = document.querySelector("#list .total")?.textContent || "";
  }
}

function legend(points) {
  const place = document.querySelector("#legend"), counts = new Map();
  for (const side of points.data.side) counts.set(side, (counts.get(side) || 0) + 1);
  const rows = [...counts].sort((a, b) => (a[0] === null) - (b[0] === null) || b[1] - a[1]).slice(0, 9);
  for (const [side, count] of rows) {
    const item = document.createElement("span"), swatch = document.createElement("span");
    const own = side === null ? null : points.data.colours[side];
    item.className = "side " + (own === null ? "side-none" : `side-${own}`);
    swatch.className = "swatch";
    item.append(swatch, `${side === null ? "–" : points.data.sides[side]} ${count}`);
    place.append(item);
  }
}
