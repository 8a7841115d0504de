// The stretch of time that the time line shows: the dense core of the days, the rest gathered at its ends.
import { dateOf, dayNumber, monthShort } from "./dates.js";

// The shortest stretch with seven tenths of the dated rows, grown over neighbours that lie near.
export function coreOf(rows) {
  const days = rows.filter((row) => row.dated).map((row) => row.from).sort((a, b) => a - b);
  if (!days.length) return null;
  const need = Math.max(1, Math.ceil(days.length * 0.7));
  let best = [days[0], days[days.length - 1]];
  for (let i = 0; i + need - 1 < days.length; i += 1) {
    if (days[i + need - 1] - days[i] < best[1] - best[0]) best = [days[i], days[i + need - 1]];
  }
  let [from, to] = best;
  let grown = true;
  while (grown) {
    grown = false;
    const near = Math.max(21, (to - from) * 0.25);
    for (const day of days) {
      if (day < from && from - day <= near) { from = day; grown = true; }
      if (day > to && day - to <= near) { to = day; grown = true; }
    }
  }
  const lasting = rows.filter((row) => row.dated && row.from >= from && row.from <= to && row.to > to);
  for (const row of lasting) if (row.to - to <= Math.max(10, (to - from) * 0.1)) to = Math.max(to, row.to);
  return [from - 1, to + 1];
}

// Ticks on whole days, months or years, as room allows: position, words, and whether it is a major one.
export function ticksOf(from, to, width) {
  const perDay = width / Math.max(1, to - from);
  const ticks = [];
  if (perDay >= 3) {
    const every = perDay >= 46 ? 1 : perDay >= 24 ? 2 : perDay >= 9 ? 5 : perDay >= 6 ? 7 : 14;
    for (let day = from; day <= to; day += 1) {
      const { year, month, day: number } = dateOf(day);
      if (number === 1) ticks.push([day, `${monthShort(month)} ${year}`, true]);
      else if (every <= 2 ? number % every === 0 || every === 1 : (number - 1) % every === 0 && number < 30) {
        ticks.push([day, String(number), false]);
      }
    }
    return ticks;
  }
  const months = perDay * 30;
  const step = months >= 34 ? 1 : months >= 12 ? 3 : months >= 4 ? 12 : Math.ceil(60 / (months * 12)) * 12;
  const first = dateOf(from);
  for (let year = first.year; ; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      const index = year * 12 + month - 1;
      if (index % step) continue;
      const sign = year < 0 ? "-" : "";
      const day = dayNumber(`${sign}${String(Math.abs(year)).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`);
      if (day > to) return ticks;
      if (day >= from) ticks.push([day, step >= 12 ? String(year) : month === 1 ? `${monthShort(month)} ${year}` : monthShort(month), month === 1]);
    }
    if (year - first.year > 6000) return ticks;
  }
}
