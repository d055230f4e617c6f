// SPDX-License-Identifier: EUPL-1.2
// node tests/browser/basemap.mjs FILE.pmtiles — an invented ground for the demo town: land, a harbour, parks, streets, houses.
// A few dozen kilobytes in the format that real base maps have (PMTiles 3 with vector tiles), to see how a map is drawn over it:
//   sozialraum demo --basemap FILE.pmtiles

import { writeFileSync } from "node:fs";

const ZOOM = 12;
const EXTENT = 4096;
// Around Musterhafen, a little wider than its four spaces.
const TOWN = { west: 7.425, south: 54.11, east: 7.502, north: 54.158 };

// Protocol buffers, as far as tiles need them ------------------------------------------------------------

function varint(number) {
  const bytes = [];
  for (let rest = BigInt(number); ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
}
const zigzag = (number) => (number < 0 ? -2 * number - 1 : 2 * number);
const field = (number, bytes) => [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes];
const whole = (number, value) => [...varint(number << 3), ...varint(value)];
const text = (words) => [...new TextEncoder().encode(words)];

/** A way of points (in units of the tile) as drawing commands; areas are closed. */
function commands(points, isArea) {
  let [x, y] = [0, 0];
  const step = ([toX, toY]) => {
    const moved = [...varint(zigzag(toX - x)), ...varint(zigzag(toY - y))];
    [x, y] = [toX, toY];
    return moved;
  };
  const [first, ...others] = points;
  return [...varint((1 << 3) | 1), ...step(first), ...varint((others.length << 3) | 2), ...others.flatMap(step), ...(isArea ? varint((1 << 3) | 7) : [])];
}

function layer(name, ways, isArea) {
  const features = ways.map((points) => field(2, [...whole(3, isArea ? 3 : 2), ...field(4, commands(points, isArea))]));
  return field(3, [...whole(15, 2), ...field(1, text(name)), ...features.flat(), ...whole(5, EXTENT)]);
}

// The ground ---------------------------------------------------------------------------------------------

const square = (west, south, east, north) => [[west, north], [east, north], [east, south], [west, south]];
const wave = (number) => Math.sin(number * 2.7) / 2 + Math.sin(number * 1.3) / 3;

/** Everything in degrees: name, is it an area, ways. */
function ground() {
  const { west, south, east, north } = TOWN;
  const shore = Array.from({ length: 40 }, (_, at) => [west + ((east - west) * at) / 39, north - 0.016 + wave(at) * 0.0035]);
  const river = Array.from({ length: 30 }, (_, at) => [west + 0.055 + wave(at) * 0.006, north - 0.016 - ((north - south - 0.016) * at) / 29]);
  const banks = [...river.map(([x, y]) => [x - 0.0011, y]), ...river.toReversed().map(([x, y]) => [x + 0.0011, y])];
  const [parks, streets, houses] = [[], [], []];
  for (let row = 0; row < 14; row += 1) {
    const y = south + 0.004 + row * 0.005;
    streets.push(Array.from({ length: 30 }, (_, at) => [west + ((east - west) * at) / 29, y + wave(at + row) * 0.0009]));
    for (let column = 0; column < 18; column += 1) {
      const x = west + 0.004 + column * 0.0075;
      if (row === 0) streets.push(Array.from({ length: 14 }, (_, at) => [x + wave(at + column) * 0.0012, south + 0.004 + at * 0.005]));
      if ((row * 5 + column * 3) % 17 === 0) parks.push(square(x + 0.001, y + 0.0008, x + 0.0062, y + 0.0042));
      else for (let house = 0; house < 5; house += 1) houses.push(square(x + 0.001 + house * 0.0012, y + 0.0012, x + 0.0017 + house * 0.0012, y + 0.0018));
    }
  }
  return [
    ["earth", true, [square(west, south, east, north)]],
    ["landuse", true, parks],
    ["water", true, [[...shore, [east, north], [west, north]], banks]],
    ["roads", false, streets],
    ["buildings", true, houses],
  ];
}

// Tiles --------------------------------------------------------------------------------------------------

/** Where a place lies in the grid of tiles. */
function spot([longitude, latitude]) {
  const size = 2 ** ZOOM;
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [((longitude + 180) / 360) * size, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size];
}

/** The number of a tile on Hilbert's curve, counted from the smallest zoom. */
function number(x, y) {
  let [count, left, top] = [0, x, y];
  for (let zoom = 0; zoom < ZOOM; zoom += 1) count += 4 ** zoom;
  for (let side = 2 ** (ZOOM - 1); side > 0; side /= 2) {
    const [right, below] = [(left & side) > 0 ? 1 : 0, (top & side) > 0 ? 1 : 0];
    count += side * side * ((3 * right) ^ below);
    if (below === 0) {
      if (right === 1) [left, top] = [side - 1 - left, side - 1 - top];
      [left, top] = [top, left];
    }
  }
  return count;
}

function tiles() {
  const drawn = ground();
  const [[left, top], [right, bottom]] = [spot([TOWN.west, TOWN.north]), spot([TOWN.east, TOWN.south])];
  const all = [];
  for (let x = Math.floor(left); x <= right; x += 1) {
    for (let y = Math.floor(top); y <= bottom; y += 1) {
      const inside = (place) => spot(place).map((at, axis) => Math.round((at - [x, y][axis]) * EXTENT));
      const near = (points) => points.some((point) => point.every((at) => at > -EXTENT && at < 2 * EXTENT));
      const layers = drawn.map(([name, isArea, ways]) => layer(name, ways.map((way) => way.map(inside)).filter(near), isArea));
      all.push({ id: number(x, y), bytes: Uint8Array.from(layers.flat()) });
    }
  }
  return all.toSorted((one, other) => one.id - other.id);
}

// The file -----------------------------------------------------------------------------------------------

function archive() {
  const all = tiles();
  const directory = Uint8Array.from([
    ...varint(all.length),
    ...all.flatMap(({ id }, at) => varint(id - (all[at - 1]?.id ?? 0))),
    ...all.flatMap(() => varint(1)),
    ...all.flatMap(({ bytes }) => varint(bytes.length)),
    ...all.flatMap((_, at) => varint(at === 0 ? 1 : 0)),
  ]);
  const layers = ground().map(([id]) => ({ id, fields: {} }));
  const about = Uint8Array.from(text(JSON.stringify({ name: "Musterhafen (erfunden)", attribution: "erfunden", vector_layers: layers })));
  const head = new DataView(new ArrayBuffer(127));
  text("PMTiles").forEach((byte, at) => head.setUint8(at, byte));
  head.setUint8(7, 3);
  const data = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const [first, second, third] = [127, 127 + directory.length, 127 + directory.length + about.length];
  const places = [first, directory.length, second, about.length, third, 0, third, data, all.length, all.length, all.length];
  places.forEach((place, at) => head.setBigUint64(8 + at * 8, BigInt(place), true));
  // Clustered; nothing packed; vector tiles; one zoom.
  [1, 1, 1, 1, ZOOM, ZOOM].forEach((byte, at) => head.setUint8(96 + at, byte));
  const corner = (at, degrees) => head.setInt32(at, Math.round(degrees * 1e7), true);
  [TOWN.west, TOWN.south, TOWN.east, TOWN.north].forEach((degrees, at) => corner(102 + at * 4, degrees));
  head.setUint8(118, ZOOM);
  corner(119, (TOWN.west + TOWN.east) / 2);
  corner(123, (TOWN.south + TOWN.north) / 2);
  return Buffer.concat([new Uint8Array(head.buffer), directory, about, ...all.map(({ bytes }) => bytes)]);
}

const [file] = process.argv.slice(2);
if (!file) {
  console.error("node tests/browser/basemap.mjs FILE.pmtiles");
  process.exit(2);
}
const bytes = archive();
writeFileSync(file, bytes);
console.log(`${file}: ${bytes.length} bytes`);
