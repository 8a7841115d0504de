// Light, dark, or as the system has it; colours for the canvases are read from the style sheet.
import { byId } from "./dom.js";
import { colourOf } from "./store.js";

const CHOICES = ["auto", "light", "dark"];
const WORDS = { auto: "Theme: system", light: "Theme: light", dark: "Theme: dark" };
const KEY = "svidok-theme";
const drawers = [];
let colours = null;

export const onTheme = (draw) => drawers.push(draw);

export function palette() {
  if (!colours) {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(`--${name}`).trim();
    colours = {
      sides: [0, 1, 2, 3, 4, 5, 6].map((rank) => read(`side-${rank}`)),
      nobody: read("side-none"),
    };
    for (const name of [
      "sea", "land", "border", "region", "paper", "panel", "ink", "muted", "rule", "lit", "focus", "map-label", "halo",
    ]) colours[name] = read(name);
    colours.serif = read("serif");
    colours.sans = read("sans");
  }
  return colours;
}

export const sideColour = (side) => palette().sides[colourOf(side)] || palette().nobody;

function redraw() {
  colours = null;
  for (const draw of drawers) draw();
}

function remembered() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}

function choose(choice) {
  if (choice === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = choice;
  const button = byId("theme");
  button.dataset.choice = choice;
  button.textContent = WORDS[choice];
  redraw();
}

export function startTheme() {
  choose(CHOICES.includes(remembered()) ? remembered() : "auto");
  byId("theme").addEventListener("click", () => {
    const next = CHOICES[(CHOICES.indexOf(byId("theme").dataset.choice) + 1) % CHOICES.length];
    try { localStorage.setItem(KEY, next); } catch { /* private windows */ }
    choose(next);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  window.matchMedia("print").addEventListener("change", redraw);
}
