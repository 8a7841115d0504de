// Web Mercator on a square world of 4096 units.

export const WORLD = 4096;

export const worldX = (lon) => ((lon + 180) / 360) * WORLD;

export function worldY(lat) {
  const bounded = Math.max(-85, Math.min(85, lat));
  const sine = Math.sin((bounded * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
}

export const lonOf = (x) => (x / WORLD) * 360 - 180;
export const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI;

// Kilometres that one world unit spans at a latitude.
export const unitKm = (lat) => (40075 * Math.cos((lat * Math.PI) / 180)) / WORLD;
