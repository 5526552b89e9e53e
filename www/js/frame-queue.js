// @ts-check
/**
 * Keeps the picture up to date. Every change becomes a wish that names the whole state, sent at
 * once; the renderer drops those that a newer one has overtaken. Answers come in the order they
 * were made, and each is drawn: the renderer counts on it and sends changed pixels only.
 */
import { Failure } from './failure.js';

/** @typedef {import('./viewport.js').FrameRequest} FrameRequest */
/** @typedef {import('./renderer-client.js').Shown} Shown */
/** @typedef {import('./renderer-client.js').Pixels} Pixels */
/** @typedef {import('./renderer-client.js').Treated} Treated */
/**
 * @typedef {object} Source what the queue asks for the present state, and tells what came of it
 * @property {() => FrameRequest | null} view null while there is nothing to see
 * @property {() => Shown | null} shown
 * @property {(view: FrameRequest, pixels: Pixels) => void} drawBefore
 * @property {(view: FrameRequest, treated: Treated) => void} drawAfter
 * @property {(thrown: unknown) => void} fail
 */

/** Asked for while a photo has no plan yet: the photo alone. */
export const PLAIN_PHOTO = '';

/** Failures that are told by whoever starts the worker again, and end in another wish. */
const PASSING = ['engine-stopped', 'engine-gave-up', 'closed'];

export class FrameQueue {
  #client;
  #source;
  #asked = false;
  /** Number of the canvases' contents: another one whenever they have been lost. */
  #canvas = 1;

  /**
   * @param {import('./renderer-client.js').RendererClient} client
   * @param {Source} source
   */
  constructor(client, source) {
    this.#client = client;
    this.#source = source;
  }

  /** The picture is another one, or another worker's: what is still on its way is not drawn. */
  forget() {
    this.#canvas += 1;
  }

  /** The state has changed. Cheap: what changes within one event is one wish. */
  ask() {
    if (this.#asked) return;
    this.#asked = true;
    queueMicrotask(() => {
      this.#asked = false;
      void this.#wish();
    });
  }

  async #wish() {
    const shown = this.#source.shown();
    const view = this.#source.view();
    if (!shown || !view) return;
    const canvas = this.#canvas;
    try {
      const treated = await this.#client.frame({ ...shown, ...view, canvas }, (pixels) => {
        if (canvas === this.#canvas) this.#source.drawBefore(view, pixels);
      });
      if (treated && canvas === this.#canvas) this.#source.drawAfter(view, treated);
    } catch (thrown) {
      if (!PASSING.includes(Failure.from(thrown).code)) this.#source.fail(thrown);
    }
  }
}
