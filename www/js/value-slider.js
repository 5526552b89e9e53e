// @ts-check
/** `<value-slider name="density">`: the slider of one number of the plan. */
import { hasString, t } from './i18n.js';
import { Slider } from './slider.js';
import { settingWords } from './setting-words.js';

/** @typedef {import('./editing.js').Editing} Editing */
/** @typedef {import('../hairline.js').Settings} Settings */
/** @typedef {import('../hairline.js').SettingRange} SettingRange */

export class ValueSlider extends HTMLElement {
  /** @type {Slider | undefined} */ #slider;
  /** @type {SettingRange | undefined} */ #range;

  get name() {
    return this.getAttribute('name') ?? '';
  }

  /** @param {Editing} editing */
  attach(editing) {
    const name = this.name;
    const range = editing.ranges()[name];
    if (!range) throw new Error(`the engine has no setting ${name}`);
    const hint = hasString(`hint.${name}`) ? t(`hint.${name}`) : null;
    const slider = new Slider(this, { id: name, label: t(`settings.${name}`), hint, ...range });
    const { input } = slider;
    input.addEventListener('input', () => editing.slide(name, Number(input.value)));
    input.addEventListener('change', () => editing.commit());
    input.addEventListener('blur', () => editing.commit());
    input.addEventListener('dblclick', () => editing.set(name, range.default));
    this.#slider = slider;
    this.#range = range;
  }

  /** @param {Settings} settings */
  update(settings) {
    if (!this.#range) return;
    const value = Number(settings[/** @type {keyof Settings} */ (this.name)]);
    const { shown, spoken } = settingWords(this.name, value, this.#range);
    this.#slider?.show(value, shown, spoken);
  }
}

customElements.define('value-slider', ValueSlider);
