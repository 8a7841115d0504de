// Happenings gathered by point, and points that lie too close on the screen gathered into one.
import { unitKm, worldX, worldY } from "./projection.js";

export function spotsOf(rows) {
  const spots = new Map();
  for (const row of rows) {
    if (!row.pl || row.pl.length < 4) continue;
    const [name, kind, lon, lat, radius] = row.pl;
    const key = `${lon},${lat},${radius}`;
    let spot = spots.get(key);
    if (!spot) {
      spot = { key, name, kind, lon, lat, radius, x: worldX(lon), y: worldY(lat), rows: [] };
      spots.set(key, spot);
    }
    spot.rows.push(row);
  }
  return [...spots.values()].sort((a, b) => b.rows.length - a.rows.length || (a.key < b.key ? -1 : 1));
}

// What a spot is drawn with: one sign for each family, side and standing, the most frequent first.
export function signsOf(rows) {
  const signs = new Map();
  for (const row of rows) {
    const group = row.kind ? row.kind.index : 99;
    const side = row.co ?? 99;
    const key = `${group}/${side}/${row.done}`;
    const sign = signs.get(key);
    if (sign) sign.count += 1;
    else signs.set(key, { glyph: row.kind ? row.kind.group.glyph : "ring", side, done: row.done, count: 1, group });
  }
  return [...signs.values()].sort((a, b) => b.done - a.done || b.count - a.count || a.group - b.group || a.side - b.side);
}

const CELL = 32;
const WIDE = new Set(["country", "region"]);

export const isWide = (spot) => WIDE.has(spot.kind) || (spot.radius || 0) > 60;

// Seen from far away even a country is a point like the others.
const widthOf = (spot) => spot.radius || (spot.kind === "country" ? 300 : 80);
const spreads = (spot, view) => isWide(spot) && (widthOf(spot) / unitKm(spot.lat)) * view.scale > 34;

export const ringSize = (count) => 9 + Math.min(11, Math.log2(count) * 1.7);

// Greedy: the largest spot takes in what lies within reach on the screen, or under its ring.
export function clustersOf(spots, view, reach) {
  const cells = new Map();
  const clusters = [];
  for (const spot of spots) {
    const wide = spreads(spot, view);
    const sx = spot.x * view.scale;
    const sy = spot.y * view.scale;
    const cx = Math.floor(sx / CELL);
    const cy = Math.floor(sy / CELL);
    let best = null;
    let least = Infinity;
    for (let i = -1; i <= 1; i += 1) {
      for (let j = -1; j <= 1; j += 1) {
        for (const cluster of cells.get(`${cx + i},${cy + j}`) || []) {
          const distance = (cluster.sx - sx) ** 2 + (cluster.sy - sy) ** 2;
          const near = Math.max(reach, ringSize(cluster.count) + 10);
          if (distance < least && distance < near * near && cluster.wide === wide) {
            least = distance;
            best = cluster;
          }
        }
      }
    }
    if (best) {
      best.spots.push(spot);
      best.count += spot.rows.length;
      continue;
    }
    const cluster = { sx, sy, x: spot.x, y: spot.y, spots: [spot], wide, count: spot.rows.length, rows: null };
    clusters.push(cluster);
    const key = `${cx},${cy}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(cluster);
  }
  const apart = joined(clusters);
  for (const cluster of apart) cluster.rows = cluster.spots.flatMap((spot) => spot.rows);
  return apart;
}

// Rings that have grown into one another become one.
function joined(clusters) {
  let kept = [...clusters].sort((a, b) => b.count - a.count);
  for (let pass = 0; pass < 4; pass += 1) {
    const next = [];
    for (const cluster of kept) {
      const host = next.find((other) => other.wide === cluster.wide && touches(other, cluster));
      if (host) {
        host.spots.push(...cluster.spots);
        host.count += cluster.count;
      } else next.push(cluster);
    }
    if (next.length === kept.length) break;
    kept = next;
  }
  return kept;
}

const sizeOnMap = (cluster) => (cluster.spots.length > 1 ? ringSize(cluster.count) + 2 : 8);

function touches(a, b) {
  return Math.hypot(a.sx - b.sx, a.sy - b.sy) < (sizeOnMap(a) + sizeOnMap(b)) * 0.92;
}

const sizeOf = (spots) => {
  const xs = spots.map((spot) => spot.x);
  const ys = spots.map((spot) => spot.y);
  return (Math.max(...xs) - Math.min(...xs) + 0.3) * (Math.max(...ys) - Math.min(...ys) + 0.3);
};
const weightOf = (spots) => spots.reduce((sum, spot) => sum + Math.min(spot.rows.length, 6), 0);

// The bulk of the places: outliers at an edge are left out while few of them take up much room.
export function bulkOf(spots) {
  let kept = spots;
  let spare = weightOf(spots) * 0.27;
  for (;;) {
    let best = null;
    for (const order of [(a, b) => a.x - b.x, (a, b) => b.x - a.x, (a, b) => a.y - b.y, (a, b) => b.y - a.y]) {
      const sorted = [...kept].sort(order);
      let dropped = 0;
      for (let k = 1; k < sorted.length - 2; k += 1) {
        dropped += Math.min(sorted[k - 1].rows.length, 6);
        if (dropped > spare || k > 40) break;
        const rest = sorted.slice(k);
        const gain = (1 - sizeOf(rest) / sizeOf(kept)) / dropped;
        if (1 - sizeOf(rest) / sizeOf(kept) > 0.3 && (!best || gain > best.gain)) best = { rest, gain, dropped };
      }
    }
    if (!best) return kept;
    kept = best.rest;
    spare -= best.dropped;
  }
}
