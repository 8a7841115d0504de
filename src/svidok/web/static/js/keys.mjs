// Keys that work anywhere on a page, unless somebody is typing.
export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=range]), textarea, select");
    if (typing) { if (event.key === "Escape") typing.blur(); return; }
    if (event.key === "/") { document.querySelector("#find")?.focus(); event.preventDefault(); return; }
    if (event.key.toLowerCase() === "p") { document.querySelector("#play")?.click(); return; }
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input")) wanted.focus();
    else if (wanted.matches("summary")) { wanted.parentElement.open = true; wanted.parentElement.querySelector("select, input:not([type=hidden])")?.focus(); }
    else if (wanted.value === "comment" && !document.querySelector("#why")?.value) document.querySelector("#why")?.focus();
    else wanted.click();
  });
}
