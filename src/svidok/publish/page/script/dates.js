// Days as whole numbers (1970-01-01 is 0), so that every year, before the common era too, is in order.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG_MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

export function dayNumber(iso) {
  const parts = /^(-?\d{4,})-(\d\d)-(\d\d)/.exec(iso || "");
  if (!parts) return null;
  let [year, month, day] = parts.slice(1).map(Number);
  if (month <= 2) year -= 1;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

export function dateOf(number) {
  const z = number + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function isoDay(number) {
  const { year, month, day } = dateOf(number);
  const sign = year < 0 ? "-" : "";
  const digits = [String(Math.abs(year)).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")];
  return sign + digits.join("-");
}

const yearWords = (year) => (year <= 0 ? `${1 - year} BC` : String(year));

export function dayWords(number) {
  const { year, month, day } = dateOf(number);
  return `${day} ${MONTHS[month - 1]} ${yearWords(year)}`;
}

const hourOf = (iso) => (/T(\d\d:\d\d)/.exec(iso || "") || [])[1];

// The words for an interval: as exact as its bounds, never more.
export function intervalWords(earliest, latest) {
  const from = dayNumber(earliest);
  const to = dayNumber(latest);
  if (from === null && to === null) return null;
  if (from === null) return `by ${dayWords(to)}`;
  if (to === null) return `from ${dayWords(from)}`;
  if (from === to) {
    const hours = [hourOf(earliest), hourOf(latest)].filter(Boolean);
    const clock = hours.length === 2 && hours[0] !== hours[1] ? hours.join("–") : hours[0];
    return clock ? `${dayWords(from)}, ${clock}` : dayWords(from);
  }
  const a = dateOf(from);
  const b = dateOf(to);
  const endOfMonth = dateOf(to + 1).day === 1;
  if (a.day === 1 && endOfMonth) {
    if (a.year === b.year && a.month === b.month) return `${LONG_MONTHS[a.month - 1]} ${yearWords(a.year)}`;
    if (a.month === 1 && b.month === 12) {
      return a.year === b.year ? yearWords(a.year) : `${yearWords(a.year)}–${yearWords(b.year)}`;
    }
  }
  if (a.year === b.year && a.month === b.month) return `${a.day}–${b.day} ${MONTHS[a.month - 1]} ${yearWords(a.year)}`;
  if (a.year === b.year) return `${a.day} ${MONTHS[a.month - 1]} – ${b.day} ${MONTHS[b.month - 1]} ${yearWords(a.year)}`;
  return `${dayWords(from)} – ${dayWords(to)}`;
}

export const monthShort = (month) => MONTHS[month - 1];
