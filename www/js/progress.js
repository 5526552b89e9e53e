// @ts-check
/** A thin bar with words while the page works. */
import { byId, inside } from './element.js';
import { t } from './i18n.js';

const region = byId('progress', HTMLElement);
const text = inside(region, '.progress-text', HTMLElement);
const button = byId('progress-cancel', HTMLButtonElement);
/** @type {(() => void) | null} */
let stop = null;

button.addEventListener('click', () => stop?.());

/**
 * @param {string | null} key of the words; null when the work is done
 * @param {(() => void) | null} [cancel] given where the work can be given up
 */
export function showProgress(key, cancel = null) {
  stop = cancel;
  button.hidden = !cancel;
  region.toggleAttribute('data-on', key !== null);
  text.textContent = key === null ? '' : t(key);
}
