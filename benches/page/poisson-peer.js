// @ts-check
/** A peer: the npm package poisson-disk-sampling with the density of the engine's dots. */
import { STRIDE } from './files.js';
import PoissonDiskSampling from './poisson-disk-sampling.js';

/** Side of a cell in which density is counted, px. */
const CELL = 16;
/** Dots of a maximal Poisson disk set per square of its distance. */
const PACKING = 0.69;
/** The package's own default. */
const MOST_SPREAD = 2;

export class PoissonPeer {
  #dots;
  #columns = 0;
  #rows = 0;
  /** Distance asked for in each cell, px. */
  #distances = new Float32Array(0);
  #least = 0;
  #factor = 1;

  /** @param {Float32Array} dots */
  constructor(dots) {
    this.#dots = dots;
    this.#readDensity();
  }

  /** Brings the number of points to what is wanted; the number reached. @param {number} wanted */
  tune(wanted) {
    let made = this.make();
    for (let i = 0; i < 4 && Math.abs(made / wanted - 1) > 0.02; i++) {
      this.#factor *= Math.sqrt(made / wanted);
      made = this.make();
    }
    return made;
  }

  /** Makes the points once; how many there are. */
  make() {
    const minDistance = this.#least * this.#factor;
    const sampler = new PoissonDiskSampling(
      {
        shape: [this.#columns * CELL, this.#rows * CELL],
        minDistance,
        maxDistance: minDistance * MOST_SPREAD,
        distanceFunction: ([x = 0, y = 0]) => {
          const cell = ((y / CELL) | 0) * this.#columns + ((x / CELL) | 0);
          return Math.min(1, /** @type {number} */ (this.#distances[cell]) / this.#least - 1);
        },
      },
      random(1),
    );
    return sampler.fill().length;
  }

  #readDensity() {
    const dots = this.#dots;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < dots.length; i += STRIDE) {
      const [x = 0, y = 0] = dots.subarray(i, i + 2);
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
    }
    const columns = Math.ceil((right - left + 1) / CELL);
    const rows = Math.ceil((bottom - top + 1) / CELL);
    const counts = new Float32Array(columns * rows);
    for (let i = 0; i < dots.length; i += STRIDE) {
      const [x = 0, y = 0] = dots.subarray(i, i + 2);
      const cell = (((y - top) / CELL) | 0) * columns + (((x - left) / CELL) | 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    // The mean of three by three cells: one alone holds too few dots to tell their density.
    const density = counts.map((_, cell) => {
      let [sum, cells] = [0, 0];
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [column, row] = [(cell % columns) + dx, Math.floor(cell / columns) + dy];
          if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
          sum += counts[row * columns + column] ?? 0;
          cells++;
        }
      }
      return sum / (cells * CELL * CELL);
    });
    // A few cells at the limb are many times denser than the rest; they do not set the scale.
    const sorted = density.filter((d) => d > 0).sort();
    const densest = sorted[Math.floor(sorted.length * 0.9)] ?? 1;
    this.#least = Math.sqrt(PACKING / densest);
    this.#distances = density.map((d) => Math.max(this.#least, Math.sqrt(PACKING / Math.max(d, 1e-6))));
    this.#columns = columns;
    this.#rows = rows;
  }
}

/** The same numbers every time (SplitMix32). @param {number} seed */
function random(seed) {
  return () => {
    seed = (seed + 0x9e3779b9) | 0;
    let z = seed ^ (seed >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 4294967296;
  };
}
