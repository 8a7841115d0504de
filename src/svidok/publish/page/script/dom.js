// Building blocks for the page. Text is always set as text, never as markup.

export const byId = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

let announcing = 0;

export function announce(text) {
  clearTimeout(announcing);
  announcing = setTimeout(() => { byId("live").textContent = text; }, 60);
}

// Draws once a frame; who acts on what is drawn before that frame has come settles it.
export function frames(draw) {
  let waiting = 0;
  const now = () => { cancelAnimationFrame(waiting); waiting = 0; draw(); };
  return { redraw: () => { waiting ||= requestAnimationFrame(now); }, settle: () => { if (waiting) now(); } };
}

export const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
export const narrow = () => window.matchMedia("(max-width: 63.99em)").matches;

// A canvas as large as its box, at the screen's own resolution.
export function fitCanvas(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  const wide = Math.round(width * ratio);
  const high = Math.round(height * ratio);
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height, ratio };
}

export const plenty = (count) => count.toLocaleString("en-GB");
