// @ts-check
/** The value of a setting as a person reads and hears it. */
import { number, t } from './i18n.js';

/** Water to pigment, for the whole steps of the shade, lightest first; as the engine's ladder. */
const DILUTIONS = ['20:1', '16:1', '12:1', '9:1', '6:1'];

/**
 * @param {string} name
 * @param {number} value
 * @param {import('../hairline.js').SettingRange} range
 * @returns {{shown: string, spoken: string}}
 */
export function settingWords(name, value, { unit, step }) {
  if (name === 'shade') return shadeWords(value);
  if (name === 'strength') return same(t('unit.percent', { value: number(value * 100) }));
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  return same(t(`unit.${unit}`, { value: number(value, digits) }));
}

/** @param {string} words */
const same = (words) => ({ shown: words, spoken: words });

/** @param {number} value */
function shadeWords(value) {
  const lighter = DILUTIONS[Math.floor(value) - 1] ?? '';
  const darker = DILUTIONS[Math.ceil(value) - 1] ?? '';
  const key = lighter === darker ? 'shade.at' : 'shade.between';
  const values = { step: number(value, 1), lighter, darker };
  return { shown: t(key, values), spoken: t(`${key}.spoken`, values) };
}
