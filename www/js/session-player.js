// @ts-check
/**
 * Shows one session after the other, each healed, at the press of a button. Whatever else a person
 * does stops it, and what is shown then stays. Tells 'change' when it starts and stops.
 */
import { SESSIONS } from './moment.js';

/** How long each session is shown, ms. */
const DWELL = 1600;
/** What stops it, wherever it happens. */
const INPUTS = ['pointerdown', 'keydown', 'wheel'];

export class SessionPlayer extends EventTarget {
  #moment;
  #button;
  /** Ends what the run has begun; null while nothing plays. @type {AbortController | null} */ #run = null;

  /**
   * @param {import('./moment.js').Moment} moment
   * @param {HTMLElement} button whose press is not 'whatever else'
   */
  constructor(moment, button) {
    super();
    this.#moment = moment;
    this.#button = button;
  }

  get playing() {
    return this.#run !== null;
  }

  toggle() {
    if (this.playing) this.stop();
    else this.#start();
  }

  stop() {
    if (!this.#run) return;
    this.#run.abort();
    this.#run = null;
    this.dispatchEvent(new Event('change'));
  }

  #start() {
    const run = new AbortController();
    this.#run = run;
    const { signal } = run;
    const stop = (/** @type {Event} */ event) => {
      const press = !(event instanceof KeyboardEvent) || event.key === 'Enter' || event.key === ' ';
      // Pressing the button stops it too, by `toggle`.
      if (press && event.target instanceof Node && this.#button.contains(event.target)) return;
      this.stop();
    };
    for (const name of INPUTS) addEventListener(name, stop, { signal, capture: true, passive: true });
    // Somebody else's choice, or a new photo's.
    let own = false;
    this.#moment.addEventListener('change', () => {
      if (!own) this.stop();
    }, { signal });
    const show = (/** @type {number} */ session) => {
      own = true;
      this.#moment.showHealed(session);
      own = false;
      const timer = setTimeout(() => (session < SESSIONS ? show(session + 1) : this.stop()), session < SESSIONS ? DWELL : 0);
      signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    };
    this.dispatchEvent(new Event('change'));
    show(1);
  }
}
