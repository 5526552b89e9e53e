// @ts-check
/** Which part of the photo is seen: photo px to CSS px of the view and back. No DOM here. */

/** @typedef {{x: number, y: number, scale: number, width: number, height: number}} FrameRequest */

/** Largest frame asked for, px: about what a phone's screen has. */
const MOST_PIXELS = 4e6;
/** Device pixels per photo pixel that zooming ends at. */
const DEEPEST = 4;

export class Viewport {
  photoWidth = 0;
  photoHeight = 0;
  width = 0;
  height = 0;
  /** Device pixels per CSS pixel. */
  density = 1;
  /** CSS px per photo px. */
  zoom = 1;
  /** Where the photo's top left is, CSS px of the view. */
  left = 0;
  top = 0;
  /** Whether the whole photo is shown, and goes on being shown when the view changes size. */
  fitted = true;

  get fitZoom() {
    return Math.min(this.width / this.photoWidth, this.height / this.photoHeight);
  }

  get deepestZoom() {
    return Math.max(DEEPEST / this.density, 2 * this.fitZoom);
  }

  /** @param {number} width @param {number} height @param {number} density */
  resize(width, height, density) {
    // What was in the middle stays there.
    const middle = this.toPhoto(this.width / 2, this.height / 2);
    this.width = width;
    this.height = height;
    this.density = density;
    if (this.fitted) {
      this.fit();
    } else {
      this.left = width / 2 - middle.x * this.zoom;
      this.top = height / 2 - middle.y * this.zoom;
      this.#settle();
    }
  }

  fit() {
    this.fitted = true;
    if (!this.photoWidth || !this.width) return;
    this.zoom = this.fitZoom;
    this.left = (this.width - this.photoWidth * this.zoom) / 2;
    this.top = (this.height - this.photoHeight * this.zoom) / 2;
    this.#settle();
  }

  /** @param {number} dx @param {number} dy in CSS px */
  pan(dx, dy) {
    this.left += dx;
    this.top += dy;
    this.#settle();
  }

  /** Zooms so that what is under (x, y) stays there. @param {number} zoom @param {number} x @param {number} y */
  zoomTo(zoom, x, y) {
    const least = this.fitZoom;
    const next = Math.min(this.deepestZoom, Math.max(least, zoom));
    const at = this.toPhoto(x, y);
    this.zoom = next;
    this.left = x - at.x * next;
    this.top = y - at.y * next;
    this.fitted = next <= least * 1.001;
    if (this.fitted) this.fit();
    else this.#settle();
  }

  /** @param {number} x @param {number} y in CSS px of the view */
  toPhoto(x, y) {
    return { x: (x - this.left) / this.zoom, y: (y - this.top) / this.zoom };
  }

  /** @param {number} x @param {number} y in photo px */
  toView(x, y) {
    return { x: x * this.zoom + this.left, y: y * this.zoom + this.top };
  }

  /** The visible part of the photo, CSS px of the view. */
  get edges() {
    return {
      left: Math.max(0, this.left),
      right: Math.min(this.width, this.left + this.photoWidth * this.zoom),
      top: Math.max(0, this.top),
      bottom: Math.min(this.height, this.top + this.photoHeight * this.zoom),
    };
  }

  /** What to ask the renderer for: exactly what is visible, in device pixels. @returns {FrameRequest | null} */
  frameRequest() {
    if (!this.photoWidth || this.width < 2 || this.height < 2) return null;
    const from = this.toPhoto(0, 0);
    const to = this.toPhoto(this.width, this.height);
    const right = Math.min(this.photoWidth, to.x);
    const bottom = Math.min(this.photoHeight, to.y);
    let scale = Math.min(1, this.zoom * this.density);
    const x0 = Math.max(0, from.x);
    const y0 = Math.max(0, from.y);
    const pixels = (right - x0) * (bottom - y0) * scale * scale;
    if (pixels > MOST_PIXELS) scale *= Math.sqrt(MOST_PIXELS / pixels);
    // On the frame's own grid, so that panning moves pixels instead of sampling new ones.
    const x = Math.floor(x0 * scale) / scale;
    const y = Math.floor(y0 * scale) / scale;
    // A hair less before rounding up: 540.0000001 must not become 541.
    const width = Math.ceil((right - x) * scale - 1e-6);
    const height = Math.ceil((bottom - y) * scale - 1e-6);
    return width > 0 && height > 0 ? { x, y, scale, width, height } : null;
  }

  /** Keeps the photo in the view, and on device pixels. */
  #settle() {
    const settle = (/** @type {number} */ offset, /** @type {number} */ size, /** @type {number} */ room) => {
      const inside = size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, offset));
      return Math.round(inside * this.density) / this.density;
    };
    this.left = settle(this.left, this.photoWidth * this.zoom, this.width);
    this.top = settle(this.top, this.photoHeight * this.zoom, this.height);
  }
}
