// @ts-check
/**
 * `<photo-view>`: the photo before and after, as two canvases of which one is cut at `--split`.
 * Moves them at once when the view changes; sharp frames follow. Tells 'viewchange'.
 */
import { inside } from './element.js';
import { startPointerGestures } from './pointer-gestures.js';
import { Viewport } from './viewport.js';

/** @typedef {import('./viewport.js').FrameRequest} FrameRequest */
/** @typedef {import('./renderer-client.js').Pixels} Pixels */
/** @typedef {import('./renderer-client.js').Treated} Treated */

const ZOOM_STEP = 1.5;
/** CSS px that an arrow key moves the photo by. */
const ARROW_STEP = 60;

export class PhotoView extends HTMLElement {
  viewport = new Viewport();
  /** What the buttons zoom to while it is seen: the place that is worked on, in photo px. @type {{x: number, y: number} | null} */
  subject = null;
  /** @type {Map<HTMLCanvasElement, FrameRequest>} */ #drawn = new Map();

  connectedCallback() {
    new ResizeObserver(() => {
      this.viewport.resize(this.clientWidth, this.clientHeight, devicePixelRatio || 1);
      this.#changed();
    }).observe(this);
    startPointerGestures(this, {
      pan: (dx, dy) => {
        this.viewport.pan(dx, dy);
        this.#changed();
      },
      zoomBy: (factor, x, y) => this.#zoomTo(this.viewport.zoom * factor, x, y),
      doubleTap: (x, y) => (this.viewport.fitted ? this.#zoomTo(1 / this.viewport.density, x, y) : this.zoomFit()),
    });
    this.addEventListener('keydown', (event) => {
      /** @type {Record<string, [number, number]>} */
      const arrows = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
      const way = arrows[event.key];
      if (!way || event.target !== this) return;
      event.preventDefault();
      this.viewport.pan(way[0] * ARROW_STEP, way[1] * ARROW_STEP);
      this.#changed();
    });
  }

  /** @param {number} width @param {number} height of the photo that is shown from now on */
  setPhoto(width, height) {
    Object.assign(this.viewport, { photoWidth: width, photoHeight: height });
    this.viewport.resize(this.clientWidth, this.clientHeight, devicePixelRatio || 1);
    this.viewport.fit();
    for (const canvas of this.#drawn.keys()) canvas.width = canvas.height = 0;
    this.#drawn.clear();
    this.#changed();
  }

  /** Zoom in percent: 100 is one photo pixel on one device pixel. */
  get percent() {
    return this.viewport.zoom * this.viewport.density * 100;
  }

  zoomIn() {
    this.#zoomFromMiddle(this.viewport.zoom * ZOOM_STEP);
  }

  zoomOut() {
    this.#zoomFromMiddle(this.viewport.zoom / ZOOM_STEP);
  }

  zoom100() {
    this.#zoomFromMiddle(1 / this.viewport.density);
  }

  zoomFit() {
    this.viewport.fit();
    this.#changed();
  }

  /** @param {FrameRequest} request @param {Pixels} pixels of all of it */
  drawBefore(request, pixels) {
    this.#draw('canvas.before', request, { left: 0, top: 0, width: request.width, height: request.height }, pixels);
  }

  /** @param {FrameRequest} request @param {Treated} treated what has changed in it */
  drawAfter(request, { rect, pixels }) {
    this.#draw('canvas.after', request, rect, pixels);
  }

  /** @param {string} selector @param {FrameRequest} request @param {Treated['rect']} rect @param {Pixels} pixels */
  #draw(selector, request, rect, pixels) {
    const canvas = inside(this, selector, HTMLCanvasElement);
    // Setting a size empties the canvas, and another size is another view: then all of it comes.
    if (canvas.width !== request.width) canvas.width = request.width;
    if (canvas.height !== request.height) canvas.height = request.height;
    if (rect.width && rect.height) {
      canvas.getContext('2d')?.putImageData(new ImageData(pixels, rect.width, rect.height), rect.left, rect.top);
    }
    this.#drawn.set(canvas, request);
    this.#place(canvas, request);
  }

  /** @param {number} zoom */
  #zoomFromMiddle(zoom) {
    const { width, height } = this.viewport;
    const at = this.subject && this.viewport.toView(this.subject.x, this.subject.y);
    const seen = at && at.x > 0 && at.x < width && at.y > 0 && at.y < height;
    this.#zoomTo(zoom, seen ? at.x : width / 2, seen ? at.y : height / 2);
  }

  /** @param {number} zoom @param {number} x @param {number} y */
  #zoomTo(zoom, x, y) {
    this.viewport.zoomTo(zoom, x, y);
    this.#changed();
  }

  /** Lays what is drawn where it belongs now, however old it is. @param {HTMLCanvasElement} canvas @param {FrameRequest} drawn */
  #place(canvas, drawn) {
    const { zoom, density } = this.viewport;
    const at = this.viewport.toView(drawn.x, drawn.y);
    const enlarge = zoom / drawn.scale;
    // A pixel for a pixel where the two are meant to agree.
    const snap = (/** @type {number} */ v) => Math.round(v * density) / density;
    canvas.style.transform = `translate(${snap(at.x)}px, ${snap(at.y)}px) scale(${enlarge})`;
  }

  #changed() {
    if (!this.viewport.photoWidth) return;
    for (const [canvas, request] of this.#drawn) this.#place(canvas, request);
    for (const [side, at] of Object.entries(this.viewport.edges)) this.style.setProperty(`--photo-${side}`, `${at}px`);
    this.dispatchEvent(new Event('viewchange'));
  }
}

customElements.define('photo-view', PhotoView);
