// What a page needs is started by what stands on it.
import { startKeys } from "./keys.mjs";
import { startReader } from "./reader.mjs";
import { startForms } from "./forms.mjs";

document.querySelector(".rooms [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
startKeys();
startForms();
for (const element of document.querySelectorAll("[data-reader]")) startReader(element);

const map = document.querySelector("#map");
if (map) {
  try {
    if (map.dataset.control) await (await import("./control.mjs")).startControl(map);
    else await (await import("./front.mjs")).startFront(map);
  } catch (error) {
    console.error(error);
    map.textContent = map.dataset.none;
    map.classList.add("failed");
  }
}
