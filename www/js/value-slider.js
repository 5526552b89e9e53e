// @ts-check
/** `<value-slider name="density">`: label, value and slider of one number of the plan. */
import { hasString, number, t } from './i18n.js';

/** @typedef {import('./editing.js').Editing} Editing */
/** @typedef {import('../hairline.js').Settings} Settings */

export class ValueSlider extends HTMLElement {
  #input = document.createElement('input');
  #output = document.createElement('output');
  #unit = '';
  #digits = 0;

  get name() {
    return this.getAttribute('name') ?? '';
  }

  /** @param {Editing} editing */
  attach(editing) {
    const name = this.name;
    const range = editing.ranges()[name];
    if (!range) throw new Error(`the engine has no setting ${name}`);
    this.#unit = range.unit;
    this.#digits = range.step < 1 ? 1 : 0;

    const input = this.#input;
    Object.assign(input, { type: 'range', id: name, min: String(range.min), max: String(range.max), step: String(range.step) });
    const label = document.createElement('label');
    label.htmlFor = name;
    label.textContent = t(`settings.${name}`);
    this.#output.htmlFor.add(name);
    // The value is spoken with the slider.
    this.#output.setAttribute('aria-hidden', 'true');
    const head = document.createElement('div');
    head.className = 'slider-head';
    head.append(label, this.#output);
    this.append(head, input);
    if (hasString(`hint.${name}`)) {
      const hint = document.createElement('span');
      hint.className = 'slider-hint';
      hint.id = `${name}-hint`;
      hint.textContent = t(`hint.${name}`);
      input.setAttribute('aria-describedby', hint.id);
      this.append(hint);
    }

    input.addEventListener('input', () => editing.slide(name, Number(input.value)));
    input.addEventListener('change', () => editing.commit());
    input.addEventListener('blur', () => editing.commit());
    input.addEventListener('dblclick', () => editing.set(name, range.default));
  }

  /** @param {Settings} settings */
  update(settings) {
    const value = Number(settings[/** @type {keyof Settings} */ (this.name)]);
    const input = this.#input;
    input.value = String(value);
    const words = t(`unit.${this.#unit}`, { value: number(value, this.#digits) });
    this.#output.textContent = words;
    input.setAttribute('aria-valuetext', words);
    const share = (value - Number(input.min)) / (Number(input.max) - Number(input.min) || 1);
    input.style.setProperty('--fill', `${(share * 100).toFixed(2)}%`);
  }
}

customElements.define('value-slider', ValueSlider);
