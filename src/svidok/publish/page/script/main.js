// The page, put together.
import { startTheme } from "./theme.js";
import { startLegend } from "./legend.js";
import { startLede } from "./lede.js";
import { startTabs } from "./tabs.js";
import { startTable } from "./table.js";
import { startReader } from "./reader.js";
import { startCard } from "./card.js";
import { startMap } from "./map.js";
import { startTimeline } from "./timeline.js";
import { startSlider } from "./slider.js";
import { onChange, state } from "./store.js";
import { showPlace } from "./map.js";

document.documentElement.classList.add("alive");
startTheme();
startLegend();
startLede();
startTabs();
startTable();
startReader();
startCard();
startTimeline();
startSlider();
startMap();
onChange(["pick"], () => showPlace(state.pick?.row));
