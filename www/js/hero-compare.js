// @ts-check
/** `<hero-compare>`: the sample on the first screen, computed by the engine, compared by itself. */

/** @typedef {import('./viewport.js').FrameRequest} FrameRequest */
/** @typedef {import('./samples.js').Sample} Sample */

/** Sharp enough on every screen; more would only cost time. */
const MOST_DENSITY = 2;
/** Part of the picture's height above the middle of the head. */
const HEAD_AT = 0.46;
/** The sample may be shown this much larger than it is. */
const MOST_ENLARGED = 1.4;

export class HeroCompare extends HTMLElement {
  #canvases = { before: document.createElement('canvas'), after: document.createElement('canvas') };

  connectedCallback() {
    const line = document.createElement('span');
    line.className = 'hero-line';
    this.#canvases.before.className = 'before';
    this.#canvases.after.className = 'after';
    this.append(this.#canvases.before, this.#canvases.after, line);
  }

  /** The part of the sample around its head that fills this element. @param {Sample} sample @returns {FrameRequest | null} */
  request(sample) {
    const density = Math.min(MOST_DENSITY, devicePixelRatio || 1);
    const [w, h] = [this.clientWidth * density, this.clientHeight * density];
    if (w < 2 || h < 2) return null;
    const { width, height, head } = sample;
    // The head fills a good part of the picture, whatever its shape.
    const wanted = Math.min(w / (2.7 * head.halfWidth), h / (2.9 * head.halfHeight));
    const zoom = Math.max(Math.min(MOST_ENLARGED * density, wanted), w / width, h / height);
    const scale = Math.min(1, zoom);
    const [across, down] = [w / zoom, h / zoom];
    const x = Math.min(width - across, Math.max(0, head.centre[0] - across / 2));
    const y = Math.min(height - down, Math.max(0, head.centre[1] - down * HEAD_AT));
    return { x, y, scale, width: Math.floor(across * scale), height: Math.floor(down * scale) };
  }

  /** @param {'before' | 'after'} side @param {FrameRequest} request @param {import('./renderer-client.js').Pixels} pixels */
  draw(side, request, pixels) {
    const canvas = this.#canvases[side];
    canvas.width = request.width;
    canvas.height = request.height;
    canvas.getContext('2d')?.putImageData(new ImageData(pixels, request.width, request.height), 0, 0);
  }

  ready() {
    this.dataset.ready = '';
  }
}

customElements.define('hero-compare', HeroCompare);
