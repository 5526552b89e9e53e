// @ts-check
/**
 * A peer: the engine's method in plain JavaScript. Gaussian dots on a coverage plane, linear light by
 * tables; nothing is allocated during a frame, and pixels without pigment are left as they are.
 */
import { STRIDE } from './files.js';

/** What a fully covered pixel lets through, linear light: the middle shade of the engine. */
const TRANSMITTANCE = [0.198, 0.19, 0.21];
/** A Gaussian is drawn out to this many standard deviations, as in the engine. */
const REACH = 3;
/** Steps of the Gaussian's table, per unit of squared distance over variance. */
const PROFILE_STEPS = 256;
const ENCODE_STEPS = 4096;

const profile = Float32Array.from({ length: REACH * REACH * PROFILE_STEPS + 2 }, (_, step) =>
  Math.exp((-0.5 * step) / PROFILE_STEPS),
);
const decode = Float32Array.from({ length: 256 }, (_, code) => {
  const v = code / 255;
  return ENCODE_STEPS * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
});
const encode = Uint8Array.from({ length: ENCODE_STEPS + 1 }, (_, step) => {
  const light = step / ENCODE_STEPS;
  return Math.round(255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055));
});

export class LinearPainter {
  #photo;
  #dots;
  #coverage;
  /** One row of a dot's Gaussian. */
  #across = new Float32Array(64);

  /** @param {ImageData} photo @param {Float32Array} dots */
  constructor(photo, dots) {
    this.#photo = photo;
    this.#dots = dots;
    this.#coverage = new Float32Array(photo.width * photo.height);
    this.pixels = new Uint8ClampedArray(photo.data.length);
  }

  paint() {
    this.#coverage.fill(0);
    this.#splat();
    this.#composite();
  }

  #splat() {
    const { width, height } = this.#photo;
    const dots = this.#dots;
    const coverage = this.#coverage;
    const across = this.#across;
    for (let i = 0; i < dots.length; i += STRIDE) {
      const x = /** @type {number} */ (dots[i]) - 0.5;
      const y = /** @type {number} */ (dots[i + 1]) - 0.5;
      const radius = /** @type {number} */ (dots[i + 2]);
      const sigma = /** @type {number} */ (dots[i + 4]);
      const variance = sigma * sigma;
      // A Gaussian with as much pigment as the disc has.
      const peak = /** @type {number} */ (dots[i + 3]) * ((0.5 * radius * radius) / variance);
      const reach = REACH * sigma;
      const x0 = Math.max(0, Math.ceil(x - reach));
      const x1 = Math.min(width - 1, Math.floor(x + reach));
      const y0 = Math.max(0, Math.ceil(y - reach));
      const y1 = Math.min(height - 1, Math.floor(y + reach));
      const steps = PROFILE_STEPS / variance;
      for (let c = x0; c <= x1; c++) {
        across[c - x0] = /** @type {number} */ (profile[((c - x) * (c - x) * steps + 0.5) | 0]);
      }
      for (let r = y0; r <= y1; r++) {
        const weight = peak * /** @type {number} */ (profile[((r - y) * (r - y) * steps + 0.5) | 0]);
        for (let at = r * width + x0, k = 0; k <= x1 - x0; at++, k++) {
          coverage[at] = /** @type {number} */ (coverage[at]) + weight * /** @type {number} */ (across[k]);
        }
      }
    }
  }

  #composite() {
    const { pixels } = this;
    const coverage = this.#coverage;
    const [red, green, blue] = TRANSMITTANCE.map((t) => 1 - t);
    pixels.set(this.#photo.data);
    for (let i = 0, at = 0; i < coverage.length; i++, at += 4) {
      const c = /** @type {number} */ (coverage[i]);
      if (c === 0) continue;
      const covered = c < 1 ? c : 1;
      pixels[at] = through(pixels[at], 1 - covered * /** @type {number} */ (red));
      pixels[at + 1] = through(pixels[at + 1], 1 - covered * /** @type {number} */ (green));
      pixels[at + 2] = through(pixels[at + 2], 1 - covered * /** @type {number} */ (blue));
    }
  }
}

/** @param {number | undefined} code @param {number} share of its light */
function through(code, share) {
  return /** @type {number} */ (encode[(/** @type {number} */ (decode[/** @type {number} */ (code)]) * share + 0.5) | 0]);
}
