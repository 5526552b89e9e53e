// @ts-check
/** `<compare-bar>`: before on the left of the line, after on its right. */
import { inside } from './element.js';
import { t } from './i18n.js';

/** Where a new picture starts: one half and the other say what it is about. */
const MIDDLE = 50;

export class CompareBar extends HTMLElement {
  /** @type {HTMLInputElement | undefined} */ #input;
  #touched = false;

  connectedCallback() {
    const input = inside(this, 'input', HTMLInputElement);
    this.#input = input;
    input.addEventListener('input', () => {
      this.#touched = true;
      this.#show();
    });
    this.#show();
  }

  /** For a new picture. */
  reset() {
    this.#touched = false;
    this.#moveTo(MIDDLE);
  }

  /** Shows the result alone, once work on it begins, unless the person has placed the line. */
  makeWay() {
    if (this.#touched || !this.#input) return;
    this.#touched = true;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#moveTo(0);
      return;
    }
    const start = performance.now();
    const from = Number(this.#input.value);
    const step = (/** @type {number} */ now) => {
      const k = Math.min(1, Math.max(0, (now - start) / 260));
      this.#moveTo(from * (1 - k) ** 3);
      if (k < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  /** @param {number} value */
  #moveTo(value) {
    if (!this.#input) return;
    this.#input.value = String(value);
    this.#show();
  }

  #show() {
    const split = Number(this.#input?.value ?? MIDDLE);
    this.parentElement?.style.setProperty('--split', String(split));
    this.dataset.side = split < 12 ? 'after' : split > 88 ? 'before' : 'both';
    this.#input?.setAttribute('aria-valuetext', t('compare.value', { percent: Math.round(split) }));
  }
}

customElements.define('compare-bar', CompareBar);
