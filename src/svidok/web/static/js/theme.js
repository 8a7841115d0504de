// Runs before the page is drawn, so that a chosen theme does not flash.
(function () {
  const order = ["", "light", "dark"];
  let chosen = "";
  try { chosen = localStorage.getItem("svidok-theme") || ""; } catch { /* private mode: not kept */ }
  const apply = () => { if (chosen) document.documentElement.dataset.theme = chosen; else delete document.documentElement.dataset.theme; };
  apply();
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        chosen = order[(order.indexOf(chosen) + 1) % order.length];
        try { localStorage.setItem("svidok-theme", chosen); } catch { /* not kept */ }
        apply();
        document.dispatchEvent(new CustomEvent("svidok:theme"));
      });
    }
  });
})();
