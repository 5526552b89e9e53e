// @ts-check
/** One sentence about what could not be done. */
import { byId, inside } from './element.js';
import { Failure } from './failure.js';
import { hasString, t } from './i18n.js';

const region = byId('notice', HTMLElement);
const text = inside(region, '.notice-text', HTMLElement);

byId('notice-close', HTMLButtonElement).addEventListener('click', closeNotice);

/** @param {unknown} thrown */
export function showNotice(thrown) {
  const failure = Failure.from(thrown);
  if (failure.code === 'unknown') console.error(thrown);
  const key = `error.${failure.code}`;
  region.hidden = false;
  region.dataset.code = failure.code;
  // Set after the region is shown, so that it is announced.
  text.textContent = hasString(key) ? t(key) : failure.sentence || t('error.unknown');
}

export function closeNotice() {
  region.hidden = true;
  delete region.dataset.code;
  text.textContent = '';
}
