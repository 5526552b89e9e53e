// @ts-check
/** How far a file has come, in words and as a bar, and the button that stops it. */
import { byId } from './element.js';
import { number, t } from './i18n.js';

/**
 * @param {() => void} cancel
 * @returns {{begin: (format: string) => void, show: (format: string, share: number) => void, end: () => void}}
 */
export function startSaveProgress(cancel) {
  const region = byId('save-progress', HTMLElement);
  const words = byId('save-words', HTMLElement);
  const bar = byId('save-bar', HTMLProgressElement);
  const button = byId('save-cancel', HTMLButtonElement);
  /** The format that somebody waits for. */
  let awaited = '';
  button.addEventListener('click', cancel);

  /** @param {string} format @param {number} share */
  function show(format, share) {
    if (format !== awaited) return;
    bar.value = share;
    words.textContent = t('save.making', { percent: number(Math.floor(share * 100)) });
  }
  return {
    begin(format) {
      awaited = format;
      show(format, 0);
      region.hidden = false;
      // The pressed button cannot keep it: this is what can be pressed now.
      button.focus();
    },
    show,
    end() {
      awaited = '';
      region.hidden = true;
    },
  };
}
