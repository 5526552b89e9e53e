// @ts-check
/** Keeps the picture up to date: at most one request under way, and always for the latest state. */
import { Failure } from './failure.js';

/** @typedef {import('./renderer-client.js').FrameRequest} FrameRequest */
/**
 * @typedef {object} Source what the queue asks for the present state
 * @property {() => FrameRequest | null} view null while there is nothing to see
 * @property {() => {json: string, revision: number} | null} plan
 * @property {(treated: boolean, request: FrameRequest, pixels: Uint8ClampedArray<ArrayBuffer>, dots: number) => void} draw
 * @property {(thrown: unknown) => void} fail
 */

/** @param {FrameRequest} r */
const keyOf = (r) => `${r.x} ${r.y} ${r.scale} ${r.width} ${r.height}`;

export class FrameQueue {
  #client;
  #source;
  #wanted = false;
  #running = false;
  /** @type {number | null} */ #sentRevision = null;
  #beforeKey = '';

  /**
   * @param {import('./renderer-client.js').RendererClient} client
   * @param {Source} source
   */
  constructor(client, source) {
    this.#client = client;
    this.#source = source;
  }

  /** The picture is another one: nothing that was sent or drawn counts any more. */
  forget() {
    this.#sentRevision = null;
    this.#beforeKey = '';
  }

  /** The state has changed. Cheap: call it as often as it does. */
  ask() {
    this.#wanted = true;
    if (!this.#running) void this.#run();
  }

  async #run() {
    this.#running = true;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        await this.#once();
      }
    } catch (thrown) {
      const { code } = Failure.from(thrown);
      // A worker that stopped is replaced, and whoever replaced it asks again.
      if (code !== 'engine-stopped' && code !== 'engine-gave-up' && code !== 'closed') this.#source.fail(thrown);
    } finally {
      this.#running = false;
    }
    if (this.#wanted) this.ask();
  }

  async #once() {
    const plan = this.#source.plan();
    const request = this.#source.view();
    if (!plan || !request) return;
    if (plan.revision !== this.#sentRevision) {
      await this.#client.setDocument(plan.json);
      this.#sentRevision = plan.revision;
    }
    const after = await this.#client.frame(request, true);
    this.#source.draw(true, request, after.pixels, after.dots);
    // Untreated pixels depend on the view alone.
    const key = keyOf(request);
    if (key === this.#beforeKey) return;
    const before = await this.#client.frame(request, false);
    this.#source.draw(false, request, before.pixels, before.dots);
    this.#beforeKey = key;
  }
}
