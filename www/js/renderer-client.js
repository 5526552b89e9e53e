// @ts-check
/**
 * The page's side of the renderer: starts the worker, replaces it when it dies or falls silent,
 * and replays photo and document so that nobody notices.
 */
import { Failure } from './failure.js';

/** @typedef {{resolve: (answer: any) => void, reject: (failure: Failure) => void, op: string, begun: boolean}} Pending */
/** @typedef {{x: number, y: number, scale: number, width: number, height: number}} FrameRequest */

/** Longest work on one request, ms; a slow phone with a large photo stays well below. */
const LONGEST_WORK = 45_000;
/** Longest wait for a worker that has nothing else to do to begin, ms. */
const LONGEST_SILENCE = 3_000;
/** Longest start: fetching and compiling on a slow line, ms. */
const LONGEST_START = 60_000;
/** Deaths in a row, without one answer between them, after which starting again is pointless. */
const MOST_DEATHS = 4;

/** Tells 'replaced' after a new worker has been started in place of a dead one, 'gave-up' at the end. */
export class RendererClient extends EventTarget {
  /** @type {Worker | null} */ #worker = null;
  /** @type {Map<number, Pending>} */ #pending = new Map();
  /** @type {Promise<void>} */ #prepared = Promise.resolve();
  /** @type {Blob | null} */ #photo = null;
  /** @type {string | null} */ #document = null;
  /** @type {() => Promise<ArrayBuffer>} */ #follicles;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #watchdog;
  #nextId = 1;
  #ordinal = 0;
  #ready = false;
  #deaths = 0;

  /** @param {() => Promise<ArrayBuffer>} follicles fetches once, then answers from memory */
  constructor(follicles) {
    super();
    this.#follicles = follicles;
  }

  /** How many workers there have been: 1 is the first. */
  get ordinal() {
    return this.#ordinal;
  }

  start() {
    this.#spawn();
  }

  /** Forgets photo and document and starts with fresh memory. */
  renew() {
    this.#photo = null;
    this.#document = null;
    this.#deaths = 0;
    this.#bury(new Failure('closed'));
    this.#spawn();
  }

  /**
   * Opens a photo; on failure the one that is open stays.
   * @param {Blob} photo
   * @returns {Promise<{width: number, height: number}>}
   */
  async open(photo) {
    const bytes = await photo.arrayBuffer();
    await this.#prepared;
    const size = await this.#send('open', { bytes }, [bytes]);
    this.#photo = photo;
    this.#document = null;
    return { width: size.width, height: size.height };
  }

  /** @param {string} json */
  async setDocument(json) {
    await this.#prepared;
    await this.#send('document', { json });
    this.#document = json;
  }

  /**
   * @param {FrameRequest} request
   * @param {boolean} treated
   * @returns {Promise<{pixels: Uint8ClampedArray<ArrayBuffer>, dots: number}>}
   */
  async frame(request, treated) {
    await this.#prepared;
    const { pixels, dots } = await this.#send('frame', { ...request, treated });
    return { pixels: new Uint8ClampedArray(pixels), dots };
  }

  /**
   * The whole treated picture as a file; asked for once more if the worker dies on it.
   * @param {'jpeg' | 'png'} format
   * @returns {Promise<ArrayBuffer>}
   */
  async exportPicture(format) {
    await this.#prepared;
    try {
      return (await this.#send('export', { format })).file;
    } catch (thrown) {
      if (Failure.from(thrown).code !== 'engine-stopped') throw thrown;
      await this.#prepared;
      return (await this.#send('export', { format })).file;
    }
  }

  #spawn() {
    this.#ordinal += 1;
    this.#ready = false;
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    this.#worker = worker;
    worker.addEventListener('message', (event) => {
      if (worker === this.#worker) this.#hear(event.data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#die();
    });
    this.#prepared = this.#prepare();
    // Whoever waits for it sees the failure; nobody waiting is no error.
    this.#prepared.catch(() => {});
  }

  async #prepare() {
    const photo = this.#photo;
    const json = this.#document;
    // A copy goes to the worker; the page keeps its own for the next one.
    const bytes = (await this.#follicles()).slice(0);
    await this.#send('loadFollicles', { bytes }, [bytes]);
    if (!photo) return;
    const file = await photo.arrayBuffer();
    await this.#send('open', { bytes: file }, [file]);
    if (json !== null) await this.#send('document', { json });
  }

  /**
   * @param {string} op
   * @param {object} content
   * @param {Transferable[]} [transfer]
   * @returns {Promise<any>}
   */
  #send(op, content, transfer = []) {
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        reject(new Failure('engine-gave-up'));
        return;
      }
      const id = this.#nextId++;
      this.#pending.set(id, { resolve, reject, op, begun: false });
      this.#worker.postMessage({ id, op, ...content }, transfer);
      this.#watch();
    });
  }

  /** @param {{id?: number, ready?: boolean, dead?: boolean, begun?: boolean, ok?: boolean, error?: {code: string, message?: string}}} message */
  #hear(message) {
    if (message.dead) {
      this.#die();
      return;
    }
    if (message.ready) this.#ready = true;
    const pending = message.id === undefined ? undefined : this.#pending.get(message.id);
    if (pending && message.id !== undefined) {
      if (message.begun) {
        pending.begun = true;
      } else {
        this.#pending.delete(message.id);
        // Replaying is no proof of health: a photo that kills every worker must come to an end.
        if (pending.op === 'frame' || pending.op === 'export') this.#deaths = 0;
        if (message.ok) pending.resolve(message);
        else pending.reject(new Failure(message.error?.code ?? 'unknown', message.error?.message));
      }
    }
    this.#watch();
  }

  /** Winds the watchdog up again; it sleeps while nothing is asked. */
  #watch() {
    clearTimeout(this.#watchdog);
    if (this.#pending.size === 0) return;
    const working = [...this.#pending.values()].some((p) => p.begun);
    const limit = !this.#ready ? LONGEST_START : working ? LONGEST_WORK : LONGEST_SILENCE;
    const worker = this.#worker;
    this.#watchdog = setTimeout(() => {
      // Messages that arrived while the page itself was busy are heard first.
      this.#watchdog = setTimeout(() => {
        if (worker === this.#worker) this.#die();
      }, 500);
    }, limit);
  }

  #die() {
    this.#deaths += 1;
    this.#bury(new Failure('engine-stopped'));
    if (this.#deaths >= MOST_DEATHS) {
      this.dispatchEvent(new Event('gave-up'));
      return;
    }
    this.#spawn();
    this.dispatchEvent(new Event('replaced'));
  }

  /** @param {Failure} failure for everything that was still asked */
  #bury(failure) {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of lost) pending.reject(failure);
  }
}
