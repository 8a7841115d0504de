// The map under everything: outlines from this server, or tiles that the operator chose.
import * as maplibre from "../vendor/maplibre-gl.mjs";

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const colour = (number) => css(number === null || number === undefined ? "--side-none" : `--side-${number}`);
export const ink = css;

function style(element) {
  const sources = { base: { type: "geojson", data: "/api/v1/basemap", tolerance: 0.2, attribution: "Natural Earth" } };
  const only = (layer) => ["==", ["get", "layer"], layer];
  const text = (size) => ({ "text-field": ["get", "name"], "text-size": size, "text-font": ["sans-serif"], "text-padding": 4 });
  const paint = () => ({ "text-color": css("--map-label"), "text-halo-color": css("--land"), "text-halo-width": 1.2 });
  const layers = [
    { id: "sea", type: "background", paint: { "background-color": css("--sea") } },
    { id: "land", type: "fill", source: "base", filter: only("land"), paint: { "fill-color": css("--land") } },
  ];
  if (element.dataset.tiles) {
    sources.tiles = { type: "raster", tiles: [element.dataset.tiles], tileSize: 256, attribution: element.dataset.credit || "" };
    layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  layers.push(
    { id: "regions", type: "line", source: "base", filter: only("regions"), minzoom: 3.5, paint: { "line-color": css("--region"), "line-width": 0.8 } },
    { id: "borders", type: "line", source: "base", filter: only("borders"), paint: { "line-color": css("--border"), "line-width": 1.2 } },
    { id: "countries", type: "symbol", source: "base", filter: only("country"), maxzoom: 6, layout: { ...text(12), "text-transform": "uppercase", "text-letter-spacing": 0.1 }, paint: paint() },
    { id: "towns", type: "symbol", source: "base", filter: only("town"), minzoom: 4, layout: { ...text(11), "symbol-sort-key": ["-", 0, ["get", "people"]] }, paint: paint() },
  );
  return { version: 8, sources, layers };
}

/** The map, or null and a word in its place where this browser draws none; all else on the page works on. */
export function tryMap(element, bounds) {
  try {
    return makeMap(element, bounds);
  } catch (error) {
    console.info(error);
    element.textContent = element.dataset.none;
    element.classList.add("failed");
    return null;
  }
}

function makeMap(element, bounds) {
  const map = new maplibre.Map({
    container: element,
    style: style(element),
    bounds: bounds || [[-20, -35], [150, 70]],
    fitBoundsOptions: { padding: 40, maxZoom: 9 },
    attributionControl: { compact: true },
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 16,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.addControl(new maplibre.ScaleControl());
  document.addEventListener("svidok:theme", () => map.setStyle(style(element), { diff: false }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.setStyle(style(element), { diff: false }));
  return map;
}

/** Add sources and layers now and whenever the style is laid anew (a theme is chosen). */
export function keep(map, add) {
  map.on("style.load", add);
}

/** The box round points, the farthest twentieth left out on each side; null when there is none. */
export function boundsOf(lons, lats) {
  if (!lons.length) return null;
  const xs = [...lons].sort((a, b) => a - b), ys = [...lats].sort((a, b) => a - b);
  const cut = Math.floor(xs.length / 20);
  return [[xs[cut], ys[cut]], [xs[xs.length - 1 - cut], ys[ys.length - 1 - cut]]];
}

/** A geodesic circle as a ring of points. */
export function ring(lon, lat, km) {
  const points = [], angle = km / 6371.0088, from = lat * Math.PI / 180;
  for (let step = 0; step <= 48; step++) {
    const bearing = step * Math.PI / 24;
    const to = Math.asin(Math.sin(from) * Math.cos(angle) + Math.cos(from) * Math.sin(angle) * Math.cos(bearing));
    const turn = Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(from), Math.cos(angle) - Math.sin(from) * Math.sin(to));
    points.push([lon + turn * 180 / Math.PI, to * 180 / Math.PI]);
  }
  return points;
}
