// @ts-check
/** Every call of the engine that the bench makes: when the binding changes, only this file does. */
import init, { Renderer, Studio } from '../hairline.js';
import { bytesOf } from './files.js';

/**
 * What the binding offers for benches only. Where it is missing, the nearest public calls are
 * timed instead, which then include copying the pixels out (`frame`) or reading the plan (`select`).
 * @typedef {object} Hooks
 * @property {(x: number, y: number, scale: number, width: number, height: number) => number} [benchFrame]
 * @property {() => number} [benchSelect]
 */

export class Engine {
  /** @type {Renderer & Hooks} */ #renderer = new Renderer();
  /** @type {WebAssembly.Memory} */ #memory;
  #studio = new Studio();
  /** Two plans that hardly differ, of which the second is never the one that was set last. */
  #plans = ['', ''];
  #width = 0;
  #height = 0;
  #odd = false;

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
    [this.#width, this.#height] = [width, height];
    if (plan === null) this.#studio.newDocument(width, height);
    else this.#studio.loadDocument(plan);
    const own = this.#studio.documentJson();
    this.#studio.setSetting('density', this.#studio.settings().density * 0.9999);
    this.#plans = [this.#studio.documentJson(), own];
    this.#studio.loadDocument(own);
    this.#renderer.setDocument(own);
    return { width, height };
  }

  dots() {
    return this.#renderer.dotCount();
  }

  /** The photo as it is, full size, RGBA. */
  untreated() {
    return new Uint8ClampedArray(this.#renderer.frame(0, 0, 1, this.#width, this.#height, false));
  }

  /** The treated picture, full size, RGBA. */
  treated() {
    return new Uint8ClampedArray(this.#renderer.frame(0, 0, 1, this.#width, this.#height, true));
  }

  /** Clears, splats and composites a whole frame, full size. */
  paint() {
    if (this.#renderer.benchFrame) this.#renderer.benchFrame(0, 0, 1, this.#width, this.#height);
    else this.fullFrame();
  }

  /** A whole frame, full size, that nothing cached helps with, as the page gets it. */
  fullFrame() {
    // A view that is one pixel off makes the engine start from the photo.
    this.#odd = !this.#odd;
    this.#renderer.frame(this.#odd ? 1 : 0, 0, 1, this.#width, this.#height, true);
  }

  /** The frame that a screen of that height shows. @param {number} height */
  screenFrame(height) {
    const scale = Math.min(1, height / this.#height);
    this.#renderer.frame(0, 0, scale, Math.round(this.#width * scale), Math.round(this.#height * scale), true);
  }

  /** Selects the plan's dots once more. */
  select() {
    if (this.#renderer.benchSelect) return this.#renderer.benchSelect();
    this.#odd = !this.#odd;
    this.#renderer.setDocument(this.#plans[this.#odd ? 0 : 1] ?? '');
    return this.#renderer.dotCount();
  }

  /** Starts a drag: gives its step, which moves a handle and draws what is then seen. */
  drag() {
    const handle = this.#studio.handles().find((h) => h.id === 'hairline-3');
    if (!handle) throw new Error('there is no hairline-3');
    const frame = () => this.#renderer.frame(0, 0, 1, this.#width, this.#height, true);
    frame();
    this.#studio.begin();
    let { y } = handle;
    return (/** @type {number} */ px) => {
      y -= px;
      this.#studio.moveHandle(handle.id, handle.x, y);
      this.#renderer.setDocument(this.#studio.documentJson());
      frame();
    };
  }

  /** The whole treated picture as a file; its size, bytes. @param {'jpeg' | 'png'} format */
  save(format) {
    return this.#renderer.exportPicture(format).byteLength;
  }
}
