// @ts-check
/** Every call of the engine that the bench makes: when the binding changes, only this file does. */
// @ts-expect-error: the full engine is there once the page is built; it has the face of the first one
import init, { Renderer, Studio } from '../full/hairline.js';
import { bytesOf } from './files.js';

export class Engine {
  #renderer = new Renderer();
  /** @type {WebAssembly.Memory} */ #memory;
  #studio = new Studio();
  #width = 0;
  #height = 0;
  /** The update of the whole picture that was handed out last, 0 for none. */
  #serial = 0;

  /** @param {WebAssembly.Memory} memory */
  constructor(memory) {
    this.#memory = memory;
  }

  /** An engine with the shipped follicle set. */
  static async start() {
    const exports = /** @type {{memory: WebAssembly.Memory}} */ (await init());
    const engine = new Engine(exports.memory);
    engine.#renderer.loadFollicles(await bytesOf('../assets/follicles.bin'));
    return engine;
  }

  /** Size of the engine's memory, bytes. It never shrinks, so this is its peak too. */
  get memoryBytes() {
    return this.#memory.buffer.byteLength;
  }

  /**
   * @param {Uint8Array} photo
   * @param {string | null} plan the one to start from when null
   */
  open(photo, plan) {
    const { width, height } = this.#renderer.openPhoto(photo);
    [this.#width, this.#height, this.#serial] = [width, height, 0];
    if (plan === null) this.#studio.newDocument(width, height);
    else this.#studio.loadDocument(plan);
    this.#renderer.setDocument(this.#studio.documentJson());
    return { width, height };
  }

  dots() {
    return this.#renderer.dotCount();
  }

  /** The photo as it is, full size, RGBA. */
  untreated() {
    return new Uint8ClampedArray(this.#renderer.before(0, 0, 1, this.#width, this.#height));
  }

  /** The treated picture, full size, RGBA. */
  treated() {
    const update = this.#renderer.frame(0, 0, 1, this.#width, this.#height, 0);
    const pixels = new Uint8ClampedArray(update.takePixels());
    update.free();
    return pixels;
  }

  /** Clears, splats and composites a whole frame, full size; nothing is handed out. */
  paint() {
    this.#renderer.benchFrame(0, 0, 1, this.#width, this.#height);
  }

  /** The frame that a screen of that height shows. @param {number} height */
  screenFrame(height) {
    const scale = Math.min(1, height / this.#height);
    const update = this.#renderer.frame(0, 0, scale, Math.round(this.#width * scale), Math.round(this.#height * scale), 0);
    update.takePixels();
    update.free();
  }

  /** Selects the plan's dots once more. */
  select() {
    return this.#renderer.benchSelect();
  }

  /**
   * What the page gets when the plan has changed: the pixels that are not those of the last update.
   * @returns their share of the picture
   */
  refresh() {
    this.#renderer.setDocument(this.#studio.documentJson());
    const update = this.#renderer.frame(0, 0, 1, this.#width, this.#height, this.#serial);
    this.#serial = update.serial;
    const share = update.takePixels().length / (this.#width * this.#height * 4);
    update.free();
    return share;
  }

  /** Changes the density, and so every dot. @param {number} perCm2 added to what it is */
  changeDensity(perCm2) {
    this.#studio.setSetting('density', this.#studio.settings().density + perCm2);
  }

  /** Moves the middle of the line up, as a drag does. @param {number} px */
  moveLine(px) {
    const handle = this.#studio.handles().find((/** @type {import('../hairline.js').Handle} */ h) => h.id === 'hairline-3');
    if (!handle) throw new Error('there is no hairline-3');
    this.#studio.moveHandle(handle.id, handle.x, handle.y - px);
  }

  /** The whole treated picture as a file; its size, bytes. @param {'jpeg' | 'png'} format */
  save(format) {
    this.#renderer.beginExport(format);
    for (;;) {
      const step = this.#renderer.advanceExport();
      if (typeof step !== 'number') return step.byteLength;
    }
  }
}
