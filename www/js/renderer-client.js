// @ts-check
/**
 * The page's side of the renderer: starts the worker, replaces it when it dies or falls silent,
 * and opens the photo again so that nobody notices. Plan and moment need no replay of their own:
 * every wish for a frame names them, and whoever hears 'replaced' wishes again.
 */
import { Failure } from './failure.js';

/** @typedef {{resolve: (answer: any) => void, reject: (failure: Failure) => void, note: (message: Message) => void, op: string, begun: boolean}} Pending */
/** @typedef {import('./viewport.js').FrameRequest} FrameRequest */
/** @typedef {import('./desk.js').Shown} Shown */
/** @typedef {FrameRequest & Shown & {canvas: number}} Wish see `desk.js` */
/** @typedef {Uint8ClampedArray<ArrayBuffer>} Pixels */
/** @typedef {{left: number, top: number, width: number, height: number}} Rect px of the view */
/** @typedef {{rect: Rect, pixels: Pixels, dots: number}} Treated the changed part of the treated view, and how many dots there are */
/**
 * What the worker says. Final answers have `ok` or `superseded`; the others come before them.
 * @typedef {{id?: number, ready?: boolean, dead?: boolean, begun?: boolean, before?: ArrayBuffer | null, progress?: number, stage?: string, superseded?: boolean, ok?: boolean, error?: {code: string, message?: string}}} Message
 */

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
  /** What was loaded to measure faces, for the next worker. @type {Map<string, ArrayBuffer>} */ #models = new Map();
  /** Which face of the photo was measured. @type {number | null} */ #face = null;
  /** @type {() => Promise<ArrayBuffer>} */ #follicles;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #watchdog;
  /** @type {import('./engine.js').Build} */ #build = 'first';
  /** Whether the engine can do everything. */ full = false;
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

  /** @param {import('./engine.js').Build} build @param {boolean} full whether that build can do everything */
  start(build, full) {
    this.#build = build;
    this.full = full;
    this.#spawn();
  }

  /** Forgets the photo and starts with fresh memory. */
  renew() {
    this.#photo = null;
    this.#face = null;
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
    this.#face = null;
    return { width: size.width, height: size.height };
  }

  /** Changes the engine that the page began with for the full one. */
  needFull() {
    if (this.full) return;
    this.full = true;
    this.#build = 'full';
    this.#bury(new Failure('closed'));
    this.#spawn();
    this.dispatchEvent(new Event('replaced'));
  }

  /** @param {import('./models.js').Models} models are given away */
  async loadModels(models) {
    await this.#prepared;
    for (const [name, bytes] of Object.entries(models)) {
      if (this.#models.has(name)) continue;
      this.#models.set(name, bytes.slice(0));
      await this.#send('loadModel', { name, bytes }, [bytes]);
    }
  }

  /**
   * Measures a face of the open photo.
   * @param {{face: number, signal: AbortSignal, said: (stage: string) => void}} options
   * @returns {Promise<import('../hairline.js').Findings>}
   */
  async measure({ face, signal, said }) {
    await this.#prepared;
    if (signal.aborted) throw new Failure('cancelled');
    const cancel = () => this.#worker?.postMessage({ op: 'cancelMeasure' });
    signal.addEventListener('abort', cancel);
    try {
      const note = (/** @type {Message} */ message) => {
        if (message.stage !== undefined) said(message.stage);
      };
      const { findings } = await this.#send('measure', { face }, [], note);
      // Cancelled when it was on its way already.
      if (signal.aborted) throw new Failure('cancelled');
      this.#face = face;
      return findings;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /**
   * What is wished for, as soon as possible; null when a newer wish has taken its place.
   * @param {Wish} wish
   * @param {(pixels: Pixels) => void} before is handed the untreated view, if the canvas lacks it; first
   * @returns {Promise<Treated | null>}
   */
  async frame(wish, before) {
    await this.#prepared;
    const hand = (/** @type {Message} */ message) => {
      if (message.before) before(new Uint8ClampedArray(message.before));
    };
    const answer = await this.#send('frame', wish, [], hand);
    if (answer.superseded) return null;
    hand(answer);
    return { rect: answer.rect, pixels: new Uint8ClampedArray(answer.pixels), dots: answer.dots };
  }

  /**
   * The whole treated picture as a file; asked for once more if the worker dies on it.
   * @param {Shown} shown
   * @param {'jpeg' | 'png'} format
   * @param {{signal: AbortSignal, progress: (share: number) => void}} options
   * @returns {Promise<ArrayBuffer>}
   */
  async exportPicture(shown, format, { signal, progress }) {
    const cancel = () => this.#worker?.postMessage({ op: 'cancelExport' });
    const note = (/** @type {Message} */ message) => {
      if (message.progress !== undefined) progress(message.progress);
    };
    const once = async () => {
      await this.#prepared;
      if (signal.aborted) throw new Failure('cancelled');
      const { file } = await this.#send('export', { ...shown, format }, [], note);
      // Cancelled when it was on its way already.
      if (signal.aborted) throw new Failure('cancelled');
      return file;
    };
    signal.addEventListener('abort', cancel);
    try {
      return await once();
    } catch (thrown) {
      if (Failure.from(thrown).code !== 'engine-stopped') throw thrown;
      return await once();
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  #spawn() {
    this.#ordinal += 1;
    this.#ready = false;
    const script = new URL('./worker.js', import.meta.url);
    script.search = `build=${this.#build}`;
    const worker = new Worker(script, { type: 'module' });
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
    // A copy goes to the worker; the page keeps its own for the next one.
    const bytes = (await this.#follicles()).slice(0);
    await this.#send('loadFollicles', { bytes }, [bytes]);
    for (const [name, kept] of this.#models) {
      const copy = kept.slice(0);
      await this.#send('loadModel', { name, bytes: copy }, [copy]);
    }
    if (!photo) return;
    const file = await photo.arrayBuffer();
    await this.#send('open', { bytes: file }, [file]);
    // What the photo says of face and person is part of what the picture is made from.
    if (this.#face !== null) await this.#send('measure', { face: this.#face }, []);
  }

  /**
   * @param {string} op
   * @param {object} content
   * @param {Transferable[]} [transfer]
   * @param {(message: Message) => void} [note] hears what is said before the answer
   * @returns {Promise<any>}
   */
  #send(op, content, transfer = [], note = () => {}) {
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        reject(new Failure('engine-gave-up'));
        return;
      }
      const id = this.#nextId++;
      this.#pending.set(id, { resolve, reject, note, op, begun: false });
      this.#worker.postMessage({ id, op, ...content }, transfer);
      this.#watch();
    });
  }

  /** @param {Message} message */
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
      } else if (message.superseded === undefined && message.ok === undefined) {
        pending.note(message);
      } else {
        this.#pending.delete(message.id);
        // Neither replaying nor giving up is a proof of health: a photo that kills every worker
        // must come to an end.
        if (message.ok && (pending.op === 'frame' || pending.op === 'export')) this.#deaths = 0;
        if (message.ok || message.superseded) pending.resolve(message);
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
