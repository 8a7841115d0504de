// From which day to which: two handles under the time line, and a play button.
import { byId, calm } from "./dom.js";
import { FILTER_KEYS, onChange, state, update } from "./store.js";
import { dayWords } from "./dates.js";
import { CORE, plot } from "./timeline.js";

let playing = 0;

const whole = () => CORE[1] - CORE[0] < 1;
const low = () => state.from ?? CORE[0];
const high = () => state.to ?? CORE[1];

function setWindow(from, to) {
  update({ from: from <= CORE[0] ? null : Math.min(from, CORE[1]), to: to >= CORE[1] ? null : Math.max(to, CORE[0]) });
}

function show() {
  const [a, b] = [byId("from-day"), byId("to-day")];
  a.value = Math.max(CORE[0], Math.min(CORE[1], low()));
  b.value = Math.max(CORE[0], Math.min(CORE[1], high()));
  a.setAttribute("aria-valuetext", state.from === null ? "from the beginning" : dayWords(state.from));
  b.setAttribute("aria-valuetext", state.to === null ? "to the end" : dayWords(state.to));
  const all = state.from === null && state.to === null;
  byId("window-words").textContent = all
    ? `All days, ${dayWords(CORE[0] + 1)} – ${dayWords(CORE[1] - 1)}`
    : `${state.from === null ? "Beginning" : dayWords(state.from)} – ${state.to === null ? "end" : dayWords(state.to)}`;
  byId("window-clear").hidden = all;
  byId("undated-box").hidden = all;
  byId("undated").checked = state.undated;
  const share = (day) => (Math.max(CORE[0], Math.min(CORE[1], day)) - CORE[0]) / Math.max(1, CORE[1] - CORE[0]);
  const inset = (part) => `calc(8px + (100% - 16px) * ${part.toFixed(5)})`;
  byId("slider").style.setProperty("--from", inset(share(low())));
  byId("slider").style.setProperty("--to", inset(1 - share(high())));
}

function align() {
  const box = plot();
  byId("slider").style.marginLeft = `${box.left - 8}px`;
  byId("slider").style.width = `${box.right - box.left + 16}px`;
}

function stop() {
  clearInterval(playing);
  playing = 0;
  const button = byId("play");
  button.textContent = "Play";
  button.setAttribute("aria-pressed", "false");
}

// A window that stands open to the left grows day by day; one with two ends moves on.
function play() {
  if (playing) return stop();
  const length = CORE[1] - CORE[0];
  const stride = Math.max(1, Math.round(length / (calm() ? 12 : 60)));
  const moving = state.from !== null;
  const width = high() - low();
  if (high() >= CORE[1]) setWindow(moving ? CORE[0] + 1 : CORE[0], moving ? CORE[0] + 1 + width : CORE[0] + stride);
  const button = byId("play");
  button.textContent = "Pause";
  button.setAttribute("aria-pressed", "true");
  playing = setInterval(() => {
    const next = high() + stride;
    setWindow(moving ? Math.min(low() + stride, CORE[1] - width) : CORE[0], next);
    if (next >= CORE[1]) stop();
  }, calm() ? 1200 : 260);
  return undefined;
}

export function startSlider() {
  for (const id of ["from-day", "to-day"]) {
    const input = byId(id);
    input.min = CORE[0];
    input.max = CORE[1];
    input.step = 1;
    input.addEventListener("input", () => {
      if (playing) stop();
      let [from, to] = [Number(byId("from-day").value), Number(byId("to-day").value)];
      if (from > to) [from, to] = id === "from-day" ? [to, to] : [from, from];
      setWindow(from, to);
    });
  }
  byId("play").disabled = whole();
  byId("play").addEventListener("click", play);
  byId("window-clear").addEventListener("click", () => { stop(); update({ from: null, to: null, undated: false }); });
  byId("undated").addEventListener("change", () => update({ undated: byId("undated").checked }));
  onChange(FILTER_KEYS, show);
  new ResizeObserver(align).observe(byId("timeline"));
  align();
  show();
}
