// @ts-check
/** A peer: dots as discs of the 2D canvas, blended by it in sRGB codes. */
import { STRIDE } from './files.js';

export class CanvasPainter {
  #photo;
  #dots;
  #context;

  /** @param {ImageData} photo @param {Float32Array} dots */
  constructor(photo, dots) {
    this.#photo = photo;
    this.#dots = dots;
    const context = new OffscreenCanvas(photo.width, photo.height).getContext('2d');
    if (!context) throw new Error('no 2D canvas');
    this.#context = context;
  }

  get pixels() {
    return this.#context.getImageData(0, 0, this.#photo.width, this.#photo.height).data;
  }

  paint() {
    const context = this.#context;
    const dots = this.#dots;
    context.putImageData(this.#photo, 0, 0);
    context.fillStyle = 'rgb(123 121 126)';
    for (let i = 0; i < dots.length; i += STRIDE) {
      const [x, y, radius, strength] = [dots[i] ?? 0, dots[i + 1] ?? 0, dots[i + 2] ?? 0, dots[i + 3] ?? 0];
      context.globalAlpha = strength;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    }
    // A canvas may only note what to draw until somebody wants to see it.
    context.getImageData(0, 0, 1, 1);
  }
}
