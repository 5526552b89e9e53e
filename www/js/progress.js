// @ts-check
/** A thin bar with words while the page works. */
import { byId, inside } from './element.js';
import { t } from './i18n.js';

const region = byId('progress', HTMLElement);
const text = inside(region, '.progress-text', HTMLElement);

/** @param {string | null} key of the words; null when the work is done */
export function showProgress(key) {
  region.toggleAttribute('data-on', key !== null);
  text.textContent = key === null ? '' : t(key);
}
