// Events as columns, gathered by place; what a stretch of days shows of them.
export class Points {
  constructor(data) {
    this.data = data;
    this.size = data.type.length;
    this.places = new Map();
    const placeOf = data.spots.map(([lat, lon, radius]) => {
      const key = lat + "," + lon;
      if (!this.places.has(key)) this.places.set(key, { lat, lon, radius: 0, own: [] });
      const place = this.places.get(key);
      place.radius = Math.max(place.radius, radius || 0);
      return place;
    });
    for (let i = 0; i < this.size; i++) if (data.spot[i] !== null) placeOf[data.spot[i]].own.push(i);
  }
  /** First and last day of anything dated, the shortest stretch that holds nine tenths of them and half of it on each side (another war is left out); null when nothing is. */
  extent() {
    const days = [];
    for (let i = 0; i < this.size; i++) for (const day of [this.data.first[i], this.data.last[i]]) if (day !== null) days.push(day);
    if (!days.length) return null;
    days.sort((a, b) => a - b);
    const most = Math.ceil(days.length * 0.9) - 1;
    let core = [days[0], days[days.length - 1]];
    for (let i = 0; i + most < days.length; i++) if (days[i + most] - days[i] < core[1] - core[0]) core = [days[i], days[i + most]];
    const slack = Math.max(30, (core[1] - core[0]) / 2);
    return [days.find((day) => day >= core[0] - slack), days.findLast((day) => day <= core[1] + slack)];
  }
  /** Whether an event can have happened between two days; undated ones only when all days are shown. */
  inside(i, first, last, all) {
    const a = this.data.first[i], b = this.data.last[i];
    if (a === null && b === null) return all;
    return (a === null || a <= last) && (b === null || b >= first);
  }
  /** One feature a place, and the number of events shown. */
  features(first, last, all) {
    const points = [], areas = [];
    let shown = 0;
    for (const place of this.places.values()) {
      let n = 0, happened = 0;
      const sides = new Map();
      for (const i of place.own) {
        if (!this.inside(i, first, last, all)) continue;
        n++;
        happened += this.data.happened[i];
        const side = this.data.side[i];
        if (side !== null) sides.set(side, (sides.get(side) || 0) + 1);
      }
      if (!n) continue;
      shown += n;
      let best = null, most = 0;
      for (const [side, count] of sides) if (count > most) { best = side; most = count; }
      const properties = { n, hollow: happened === 0 ? 1 : 0, c: best === null ? -1 : (this.data.colours[best] ?? -1) };
      points.push({ type: "Feature", properties, geometry: { type: "Point", coordinates: [place.lon, place.lat] } });
      if (place.radius >= 4 && place.radius <= 150) areas.push({ place, properties });
    }
    for (let i = 0; i < this.size; i++) if (this.data.spot[i] === null && this.inside(i, first, last, all)) shown++;
    return { points, areas, shown };
  }
  /** Number of events that begin in each of so many equal parts of the days. */
  bins(first, last, count) {
    const bins = new Uint32Array(count), width = Math.max(1, last - first + 1) / count;
    for (let i = 0; i < this.size; i++) {
      const day = this.data.first[i] ?? this.data.last[i];
      if (day !== null && day >= first && day <= last) bins[Math.min(count - 1, Math.floor((day - first) / width))]++;
    }
    return bins;
  }
}
