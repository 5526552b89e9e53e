// @ts-check
/** A slider with its label, its value in words and, where there is one, a hint. */

export class Slider {
  input = document.createElement('input');
  #output = document.createElement('output');

  /**
   * @param {HTMLElement} host is filled
   * @param {{id: string, label: string, hint?: string | null, min: number, max: number, step: number}} of
   */
  constructor(host, { id, label, hint = null, min, max, step }) {
    const input = this.input;
    Object.assign(input, { type: 'range', id, min: String(min), max: String(max), step: String(step) });
    const name = document.createElement('label');
    name.htmlFor = id;
    name.textContent = label;
    this.#output.htmlFor.add(id);
    // The value is spoken with the slider.
    this.#output.setAttribute('aria-hidden', 'true');
    const head = document.createElement('div');
    head.className = 'slider-head';
    head.append(name, this.#output);
    host.classList.add('slider');
    host.append(head, input);
    if (hint === null) return;
    const words = document.createElement('span');
    words.className = 'slider-hint';
    words.id = `${id}-hint`;
    words.textContent = hint;
    input.setAttribute('aria-describedby', words.id);
    host.append(words);
  }

  /** @param {number} value @param {string} words @param {string} [spoken] where that is more than the words */
  show(value, words, spoken = words) {
    const input = this.input;
    input.value = String(value);
    this.#output.textContent = words;
    input.setAttribute('aria-valuetext', spoken);
    const share = (value - Number(input.min)) / (Number(input.max) - Number(input.min) || 1);
    input.style.setProperty('--fill', `${(share * 100).toFixed(2)}%`);
  }
}
