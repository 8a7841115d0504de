// The number of events over time, two handles, and play.
import { ink } from "./basemap.mjs";
import { shown } from "./days.mjs";

export class Timeline {
  constructor(points, change) {
    this.points = points;
    this.change = change;
    this.canvas = document.querySelector("#timeline");
    this.first = document.querySelector("#first");
    this.last = document.querySelector("#last");
    this.play = document.querySelector("#play");
    this.told = document.querySelector("#span");
    this.extent = points.extent();
    this.timer = null;
    if (!this.extent) { this.canvas.closest(".timeline").hidden = true; return; }
    for (const handle of [this.first, this.last]) {
      handle.min = this.extent[0];
      handle.max = this.extent[1];
      handle.addEventListener("input", () => this.moved(handle));
      handle.addEventListener("change", () => this.change(true));
    }
    this.set(this.extent[0], this.extent[1]);
    this.play.addEventListener("click", () => this.toggle());
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    document.addEventListener("svidok:theme", () => this.draw());
  }
  get span() { return this.extent ? [Number(this.first.value), Number(this.last.value)] : [-Infinity, Infinity]; }
  get all() { return !this.extent || (this.span[0] <= this.extent[0] && this.span[1] >= this.extent[1]); }
  set(first, last) {
    if (!this.extent) return;
    this.first.value = Math.max(this.extent[0], first);
    this.last.value = Math.min(this.extent[1], last);
    this.say();
    this.draw();
  }
  moved(handle) {
    if (this.span[0] > this.span[1]) (handle === this.first ? this.last : this.first).value = handle.value;
    this.say();
    this.draw();
    this.change(false);
  }
  say() {
    const [a, b] = this.span;
    this.told.textContent = a === b ? shown(a) : `${shown(a)} – ${shown(b)}`;
    this.first.setAttribute("aria-valuetext", shown(a));
    this.last.setAttribute("aria-valuetext", shown(b));
  }
  toggle() {
    if (this.timer) return this.stop();
    if (this.span[1] >= this.extent[1]) this.set(this.extent[0], this.extent[0]);
    this.play.textContent = this.play.dataset.stop;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const step = Math.max(1, Math.round((this.extent[1] - this.extent[0]) / (calm ? 20 : 90)));
    this.timer = setInterval(() => {
      this.set(this.span[0], this.span[1] + step);
      this.change(false);
      if (this.span[1] >= this.extent[1]) this.stop();
    }, calm ? 1000 : 160);
  }
  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = this.play.dataset.play;
    this.change(true);
  }
  draw() {
    if (!this.extent) return;
    const scale = devicePixelRatio || 1, wide = this.canvas.clientWidth, high = this.canvas.clientHeight;
    if (!wide) return;
    this.canvas.width = wide * scale;
    this.canvas.height = high * scale;
    const pen = this.canvas.getContext("2d");
    pen.scale(scale, scale);
    const count = Math.max(20, Math.min(Math.floor(wide / 4), this.extent[1] - this.extent[0] + 1));
    if (this.bins?.length !== count) this.bins = this.points.bins(this.extent[0], this.extent[1], count);
    const bins = this.bins, most = Math.max(1, ...bins), chosen = ink("--link"), rest = ink("--rule");
    const base = high - 14, [a, b] = this.span, width = wide / count, days = (this.extent[1] - this.extent[0] + 1) / count;
    for (let i = 0; i < count; i++) {
      const day = this.extent[0] + i * days, tall = bins[i] ? Math.max(2, (base - 4) * Math.sqrt(bins[i] / most)) : 0;
      pen.fillStyle = day + days > a && day <= b ? chosen : rest;
      pen.fillRect(i * width, base - tall, Math.max(1, width - 1), tall);
    }
    pen.fillStyle = rest;
    pen.fillRect(0, base, wide, 1);
    pen.fillStyle = ink("--muted");
    pen.font = "11px sans-serif";
    pen.fillText(shown(this.extent[0]), 0, high - 2);
    const end = shown(this.extent[1]);
    pen.fillText(end, wide - pen.measureText(end).width, high - 2);
  }
}
