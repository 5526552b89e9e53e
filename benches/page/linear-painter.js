// @ts-check
/** A peer: the engine's method in plain JavaScript. Gaussian dots, linear light by tables. */
import { STRIDE } from './files.js';

/** What a fully covered pixel lets through, linear light: the middle shade of the engine. */
const TRANSMITTANCE = [0.155, 0.175, 0.21];
/** Blur of the photo and of sampling, variance in px², as in the engine. */
const BLUR = 0.7 * 0.7 + 0.45 * 0.45;
/** A Gaussian is drawn out to this many standard deviations, as in the engine. */
const REACH = Math.sqrt(10);
const ENCODE_STEPS = 4096;

const decode = Float32Array.from({ length: 256 }, (_, code) => {
  const v = code / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});
const encode = Uint8Array.from({ length: ENCODE_STEPS + 1 }, (_, step) => {
  const light = step / ENCODE_STEPS;
  return Math.round(255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055));
});

export class LinearPainter {
  #photo;
  #dots;
  #coverage;
  /** The two factors of one dot's Gaussian. */
  #across = new Float32Array(64);
  #down = new Float32Array(64);

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
    const down = this.#down;
    for (let i = 0; i < dots.length; i += STRIDE) {
      const x = /** @type {number} */ (dots[i]) - 0.5;
      const y = /** @type {number} */ (dots[i + 1]) - 0.5;
      const radius = /** @type {number} */ (dots[i + 2]);
      const own = 0.5 * radius * radius;
      const variance = own + BLUR;
      // Blur spreads a dot's mass, and adds none.
      const peak = (/** @type {number} */ (dots[i + 3]) * own) / variance;
      const reach = REACH * Math.sqrt(variance);
      const x0 = Math.max(0, Math.ceil(x - reach));
      const x1 = Math.min(width - 1, Math.floor(x + reach));
      const y0 = Math.max(0, Math.ceil(y - reach));
      const y1 = Math.min(height - 1, Math.floor(y + reach));
      const falloff = -0.5 / variance;
      for (let c = x0; c <= x1; c++) across[c - x0] = Math.exp(falloff * (c - x) * (c - x));
      for (let r = y0; r <= y1; r++) down[r - y0] = peak * Math.exp(falloff * (r - y) * (r - y));
      for (let r = y0; r <= y1; r++) {
        const weight = /** @type {number} */ (down[r - y0]);
        const row = r * width;
        for (let c = x0; c <= x1; c++) {
          coverage[row + c] = /** @type {number} */ (coverage[row + c]) + weight * /** @type {number} */ (across[c - x0]);
        }
      }
    }
  }

  #composite() {
    const { pixels } = this;
    const coverage = this.#coverage;
    const [red = 1, green = 1, blue = 1] = TRANSMITTANCE;
    pixels.set(this.#photo.data);
    for (let i = 0, at = 0; i < coverage.length; i++, at += 4) {
      const c = Math.min(1, /** @type {number} */ (coverage[i]));
      if (c === 0) continue;
      pixels[at] = through(pixels[at], 1 - c * (1 - red));
      pixels[at + 1] = through(pixels[at + 1], 1 - c * (1 - green));
      pixels[at + 2] = through(pixels[at + 2], 1 - c * (1 - blue));
    }
  }
}

/** @param {number | undefined} code @param {number} share of its light */
function through(code, share) {
  const light = /** @type {number} */ (decode[/** @type {number} */ (code)]) * share;
  return /** @type {number} */ (encode[(light * ENCODE_STEPS + 0.5) | 0]);
}
