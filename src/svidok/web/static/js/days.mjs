// Days as whole numbers since 1970-01-01, and back.
export const toIso = (day) => {
  const date = new Date(day * 86400000);
  const year = date.getUTCFullYear();
  const sign = year < 0 ? "-" : "";
  const rest = date.toISOString().replace(/^[+-]?\d+/, "").slice(0, 6);
  return sign + String(Math.abs(year)).padStart(4, "0") + rest;
};
export const toDay = (iso) => {
  const match = /^(-?)(\d{4,6})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso || "");
  if (!match) return null;
  const date = new Date(0);
  date.setUTCFullYear((match[1] ? -1 : 1) * Number(match[2]), Number(match[3] || 1) - 1, Number(match[4] || 1));
  return Math.floor(date.getTime() / 86400000);
};
/** The last day of a day, month or year. */
export const toLastDay = (iso) => {
  const parts = (iso || "").replace(/^-/, "").split("-").length;
  const day = toDay(iso);
  if (day === null || parts === 3) return day;
  const date = new Date(day * 86400000);
  if (parts === 2) date.setUTCMonth(date.getUTCMonth() + 1); else date.setUTCFullYear(date.getUTCFullYear() + 1);
  return Math.floor(date.getTime() / 86400000) - 1;
};
export const shown = (day) => new Intl.DateTimeFormat({ en: "en-GB" }[document.documentElement.lang] || document.documentElement.lang, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(day * 86400000));
