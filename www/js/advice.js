// @ts-check
/** What would make the photo better, on the picture itself. */
import { byId, inside } from './element.js';
import { hasString, t } from './i18n.js';

/** @typedef {{code: string}} Advice */

const region = byId('advice', HTMLElement);
const list = inside(region, 'ul', HTMLElement);

byId('advice-close', HTMLButtonElement).addEventListener('click', closeAdvice);

/** Shows the most important ones. @param {Advice[]} advice in order of weight */
export function showAdvice(advice) {
  const keys = advice.map(({ code }) => `advice.${code}`).filter(hasString);
  region.hidden = keys.length === 0;
  list.replaceChildren(
    ...keys.slice(0, 2).map((key) => {
      const item = document.createElement('li');
      item.textContent = t(key);
      return item;
    }),
  );
}

export function closeAdvice() {
  region.hidden = true;
  list.replaceChildren();
}
