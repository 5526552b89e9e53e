// @ts-check
/**
 * What the renderer's thread has been asked for, and the order in which it is done.
 *
 * - *Orders* (the follicle set, a photo) come first, in the order they came, each to its end.
 * - A *wish* is what the page wants to see. It names everything (plan, moment, view), so it depends
 *   on no other. There is one at most: a newer one takes its place at once, and the older is
 *   answered `superseded`, even half-way through its preparation.
 * - A *measurement* of the photo goes on whenever nothing is to be shown. Another photo ends it.
 * - An *export* gets a piece done whenever nothing else is wanted. It is given up when it is
 *   cancelled, and when the plan, the moment or the photo becomes another one.
 *
 * A photo that has been opened leaves the wish in hand without its subject: it is superseded too.
 * One that cannot be opened leaves everything as it was.
 *
 * Answers leave in the order in which they are made, and the page draws each of them: so the desk
 * knows what the page's canvases show, and sends no more than what has changed.
 */

/** @typedef {import('../hairline.js').Renderer} Renderer */
/** @typedef {import('./viewport.js').FrameRequest} FrameRequest */
/** @typedef {{id: number, begun?: boolean}} Job */
/** @typedef {Job & {op: 'loadFollicles' | 'open', bytes: ArrayBuffer}} FileOrder */
/** @typedef {Job & {op: 'loadModel', name: string, bytes: ArrayBuffer}} ModelOrder */
/** @typedef {FileOrder | ModelOrder} Order */
/** @typedef {Job & {op: 'measure', face: number, stage?: string}} Measurement */
/** @typedef {{json: string, moment: readonly [number, number, number]}} Shown the plan, and session, days, years */
/** @typedef {Job & Shown & FrameRequest & {op: 'frame', canvas: number}} Wish `canvas`: another number, another or an empty canvas */
/** @typedef {Job & Shown & {op: 'export', format: 'jpeg' | 'png', started?: boolean}} Export */
/** @typedef {Order | Wish | Measurement | Export | {op: 'cancelExport' | 'cancelMeasure'}} Request */

/** Longest slice of preparation, ms: half a frame. */
const SLICE = 8;

/**
 * Bytes that may be transferred: never a window into the engine's own memory.
 * @param {Uint8Array | Uint8ClampedArray} bytes
 * @returns {ArrayBuffer}
 */
function transferable(bytes) {
  const whole = bytes.byteLength === bytes.buffer.byteLength;
  return /** @type {ArrayBuffer} */ ((whole ? bytes : bytes.slice()).buffer);
}

export class Desk {
  #engine;
  #say;
  /** @type {Order[]} */ #orders = [];
  /** @type {Wish | null} */ #wish = null;
  /** @type {Measurement | null} */ #measurement = null;
  /** @type {Export | null} */ #export = null;
  /** Plan and moment that the engine holds; empty while it holds none. */
  #held = { json: '', moment: '' };
  /** What the page's canvases show: the treated one an update, the other one a view. */
  #drawn = { canvas: -1, serial: 0, before: '' };
  #dead = false;

  /**
   * @param {Renderer} engine
   * @param {(message: object, transfer: Transferable[]) => void} say
   */
  constructor(engine, say) {
    this.#engine = engine;
    this.#say = say;
  }

  /** Takes a request in; nothing is computed here. @param {Request} request */
  file(request) {
    switch (request.op) {
      case 'frame':
        this.#supersedeWish();
        this.#wish = request;
        break;
      case 'export':
        this.#giveUpExport();
        this.#export = request;
        break;
      case 'measure':
        this.#giveUpMeasurement();
        this.#measurement = request;
        break;
      case 'cancelMeasure':
        this.#giveUpMeasurement();
        break;
      case 'cancelExport':
        this.#giveUpExport();
        break;
      default:
        this.#orders.push(request);
    }
  }

  /** Does the next slice of work; false when there is none left. */
  slice() {
    const job = this.#next();
    if (!job || this.#dead) return false;
    // Tells the page's watchdog that the silence which follows is work.
    if (!job.begun) this.#say({ id: job.id, begun: true }, []);
    const fresh = !job.begun;
    job.begun = true;
    try {
      if (job.op === 'frame') this.#serveWish(job, fresh);
      else if (job.op === 'export') this.#serveExport(job, fresh);
      else if (job.op === 'measure') this.#serveMeasurement(job, fresh);
      else this.#serveOrder(job);
    } catch (thrown) {
      this.#drop(job);
      const { code, message } = /** @type {{code?: string, message?: string}} */ (thrown ?? {});
      // What has no code is a trap: the engine's memory cannot be trusted any more.
      this.#dead = typeof code !== 'string';
      if (this.#dead) this.#say({ dead: true, message }, []);
      else this.#fail(job, code, message);
    }
    return !this.#dead && this.#next() !== null;
  }

  /** @returns {Order | Wish | Measurement | Export | null} */
  #next() {
    return this.#orders[0] ?? this.#wish ?? this.#measurement ?? this.#export;
  }

  /** @param {Order} order */
  #serveOrder(order) {
    const bytes = new Uint8Array(order.bytes);
    if (order.op === 'loadFollicles') {
      this.#engine.loadFollicles(bytes);
      this.#answer(order, { ok: true });
      return;
    }
    if (order.op === 'loadModel') {
      this.#engine.loadModel(order.name, bytes);
      this.#answer(order, { ok: true });
      return;
    }
    const { width, height } = this.#engine.openPhoto(bytes);
    // The engine has forgotten them with the photo before.
    this.#held = { json: '', moment: '' };
    this.#giveUpExport();
    this.#giveUpMeasurement();
    this.#supersedeWish();
    this.#answer(order, { ok: true, width, height });
  }

  /** @param {Wish} wish @param {boolean} fresh */
  #serveWish(wish, fresh) {
    if (fresh) {
      if (wish.json) this.#hold(wish);
      if (wish.canvas !== this.#drawn.canvas) this.#drawn = { canvas: wish.canvas, serial: 0, before: '' };
    }
    if (!wish.json) {
      // A photo that is still being looked at.
      const before = this.#before(wish);
      const nothing = { left: 0, top: 0, width: 0, height: 0 };
      this.#drawn.serial = 0;
      this.#answer(wish, { ok: true, rect: nothing, pixels: new ArrayBuffer(0), before, dots: 0 }, before ? [before] : []);
      return;
    }
    if (!this.#prepare()) {
      // The photo itself need not wait for its dots.
      const before = this.#before(wish);
      if (before) this.#say({ id: wish.id, before }, [before]);
      return;
    }
    const { x, y, scale, width, height } = wish;
    const update = this.#engine.frame(x, y, scale, width, height, this.#drawn.serial);
    const rect = { left: update.left, top: update.top, width: update.width, height: update.height };
    const pixels = transferable(update.takePixels());
    this.#drawn.serial = update.serial;
    update.free();
    const before = this.#before(wish);
    const dots = this.#engine.dotCount();
    this.#answer(wish, { ok: true, rect, pixels, before, dots }, before ? [pixels, before] : [pixels]);
  }

  /** The untreated view, unless the page shows it already. @param {Wish} wish */
  #before({ x, y, scale, width, height }) {
    const view = `${x} ${y} ${scale} ${width} ${height}`;
    if (this.#drawn.before === view) return null;
    const pixels = transferable(this.#engine.before(x, y, scale, width, height));
    this.#drawn.before = view;
    return pixels;
  }

  /** @param {Measurement} job @param {boolean} fresh */
  #serveMeasurement(job, fresh) {
    if (fresh) this.#engine.beginMeasuring(job.face);
    const end = performance.now() + SLICE;
    do {
      const step = this.#engine.advanceMeasuring();
      if (typeof step !== 'string') {
        this.#answer(job, { ok: true, findings: step });
        return;
      }
      if (step !== job.stage) this.#say({ id: job.id, stage: step }, []);
      job.stage = step;
    } while (performance.now() < end);
  }

  /** @param {Export} job @param {boolean} fresh */
  #serveExport(job, fresh) {
    if (fresh) this.#hold(job);
    if (!job.started) {
      if (!this.#prepare()) return;
      this.#engine.beginExport(job.format);
      job.started = true;
      return;
    }
    const step = this.#engine.advanceExport();
    if (typeof step === 'number') {
      this.#say({ id: job.id, progress: step }, []);
    } else {
      const file = transferable(step);
      this.#answer(job, { ok: true, file }, [file]);
    }
  }

  /** Goes on towards the dots; true when they are there. */
  #prepare() {
    const end = performance.now() + SLICE;
    do {
      if (this.#engine.advance()) return true;
    } while (performance.now() < end);
    return false;
  }

  /** Hands plan and moment to the engine, where they are others. @param {(Wish | Export) & Shown} job */
  #hold(job) {
    const moment = job.moment.join('/');
    if (job.json === this.#held.json && moment === this.#held.moment) return;
    // A picture that is half written would be of two minds.
    if (this.#export?.begun && this.#export !== job) this.#giveUpExport();
    if (job.json !== this.#held.json) this.#engine.setDocument(job.json);
    this.#engine.setMoment(...job.moment);
    this.#held = { json: job.json, moment };
  }

  #supersedeWish() {
    if (this.#wish) this.#answer(this.#wish, { superseded: true });
  }

  #giveUpMeasurement() {
    const job = this.#measurement;
    if (!job) return;
    this.#engine.cancelMeasuring();
    this.#drop(job);
    this.#fail(job, 'cancelled');
  }

  #giveUpExport() {
    const job = this.#export;
    if (!job) return;
    this.#engine.cancelExport();
    this.#drop(job);
    this.#fail(job, 'cancelled');
  }

  /** @param {Job} job @param {object} content @param {Transferable[]} [transfer] */
  #answer(job, content, transfer = []) {
    this.#drop(job);
    this.#say({ id: job.id, ...content }, transfer);
  }

  /** @param {Job} job @param {string | undefined} code @param {string} [message] */
  #fail(job, code, message) {
    this.#answer(job, { ok: false, error: { code, message } });
  }

  /** @param {Job} job */
  #drop(job) {
    if (this.#wish === job) this.#wish = null;
    if (this.#measurement === job) this.#measurement = null;
    if (this.#export === job) this.#export = null;
    if (this.#orders[0] === job) this.#orders.shift();
  }
}
