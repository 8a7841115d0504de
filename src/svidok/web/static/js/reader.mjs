// The reader: a row lights up its words, words lead to their row, the address keeps which.
export function startReader(root) {
  const rows = new Map([...root.querySelectorAll("[data-claim]")].map((row) => [row.dataset.claim, row]));
  const words = [...root.querySelectorAll(".words")];
  const choose = (id, from) => {
    let first = null;
    for (const span of words) {
      const own = span.dataset.claims.split(" ").includes(id);
      span.classList.toggle("lit", own);
      if (own && !first) first = span;
    }
    for (const [key, row] of rows) {
      row.classList.toggle("chosen", key === id);
      row.querySelector("button").setAttribute("aria-pressed", String(key === id));
    }
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    if (from !== "words") first?.scrollIntoView({ block: "center", behavior: calm });
    if (from !== "row") rows.get(id)?.scrollIntoView({ block: "nearest", behavior: calm });
    const address = new URL(location.href);
    address.searchParams.set("claim", id);
    address.hash = "";
    if (location.protocol !== "file:") history.replaceState(null, "", address);
  };
  root.addEventListener("click", (event) => {
    const light = event.target.closest("[data-light]");
    if (light) return choose(light.dataset.light, "row");
    const span = event.target.closest(".words");
    if (!span || String(getSelection()).length) return;
    const own = span.dataset.claims.split(" "), now = new URL(location.href).searchParams.get("claim");
    choose(own[(own.indexOf(now) + 1) % own.length], "words");
  });
  root.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !event.target.matches("[data-light]")) return;
    const all = [...root.querySelectorAll("[data-light]")], next = all[all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); choose(next.dataset.light, "row"); }
  });
  const wanted = root.dataset.chosen || (location.hash.startsWith("#c-") ? location.hash.slice(3) : "");
  if (rows.has(wanted)) choose(wanted, "address");
}
