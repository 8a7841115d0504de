// The map of control on a day, a slider through the days, play, and the evidence of a settlement.
import { boundsOf, colour, ink, keep, tryMap } from "./basemap.mjs";
import { shown, toDay, toIso } from "./days.mjs";

export async function startControl(element) {
  const form = document.querySelector("[data-days]"), field = form.querySelector("#day"), slide = form.querySelector("#slide"), play = form.querySelector("#play");
  const first = toDay(form.dataset.earliest), last = toDay(form.dataset.latest);
  const cache = new Map();
  const load = async (day) => {
    if (!cache.has(day)) {
      const answer = await fetch(`${element.dataset.control}?day=${day}`, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      cache.set(day, await answer.json());
      if (cache.size > 400) cache.delete(cache.keys().next().value);
    }
    return cache.get(day);
  };
  const spans = element.dataset.day ? await load(element.dataset.day) : [];
  const map = tryMap(element, boundsOf(spans.map((s) => s.lon), spans.map((s) => s.lat)));
  window.svidokMap = map;
  const fill = (span) => span.side === "unknown" ? colour(null) : span.side === "contested" ? ink("--warn") : colour(span.colour);
  let now = spans;
  const data = () => ({ type: "FeatureCollection", features: now.map((span) => ({ type: "Feature", properties: { key: span.settlement, name: span.name, c: fill(span), p: span.side === "unknown" ? 0.15 : span.probability }, geometry: { type: "Point", coordinates: [span.lon, span.lat] } })) });
  const paint = () => map?.getSource("control")?.setData(data());
  if (map) {
    keep(map, () => {
      map.addSource("control", { type: "geojson", data: data() });
      map.addLayer({ id: "control", type: "circle", source: "control", paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, 4, 9, 10], "circle-color": ["get", "c"], "circle-opacity": ["get", "p"], "circle-stroke-color": ["get", "c"], "circle-stroke-width": 1.5 } });
      map.addLayer({ id: "names", type: "symbol", source: "control", minzoom: 6, layout: { "text-field": ["get", "name"], "text-size": 12, "text-font": ["sans-serif"], "text-offset": [0, 1.1], "text-anchor": "top" }, paint: { "text-color": ink("--ink"), "text-halo-color": ink("--land"), "text-halo-width": 1.4 } });
    });
    map.on("click", "control", (event) => {
      window.htmx.ajax("GET", "/control/" + encodeURIComponent(event.features[0].properties.key), { target: "#evidence", swap: "innerHTML" }).then(() => document.querySelector("#evidence").scrollIntoView({ block: "nearest" }));
    });
  }
  if (first === null || last === null) { slide.disabled = play.disabled = true; return; }
  slide.min = first;
  slide.max = last;
  slide.value = toDay(element.dataset.day) ?? last;
  const say = () => { field.value = toIso(Number(slide.value)); slide.setAttribute("aria-valuetext", shown(Number(slide.value))); };
  say();
  let turn = 0;
  const show = async () => {
    say();
    const mine = ++turn, got = await load(field.value);
    if (mine !== turn) return;
    now = got;
    element.dataset.shown = now.length;
    paint();
    history.replaceState(null, "", "/control?day=" + field.value);
  };
  slide.addEventListener("input", show);
  slide.addEventListener("change", () => { form.requestSubmit(); });
  let timer = null;
  const stop = () => { clearInterval(timer); timer = null; play.textContent = play.dataset.play; };
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (Number(slide.value) >= last) slide.value = first;
    play.textContent = play.dataset.stop;
    const step = Math.max(1, Math.round((last - first) / 120));
    timer = setInterval(() => {
      slide.value = Number(slide.value) + step;
      show();
      if (Number(slide.value) >= last) stop();
    }, 220);
  });
}
