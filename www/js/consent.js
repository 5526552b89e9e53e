// @ts-check
/** Asks, once a visit, whether the face may be measured. */
import { byId } from './element.js';

/** @typedef {'measure' | 'by-hand'} Choice */

/** @returns {{choice: () => Promise<Choice>, agree: () => void}} */
export function startConsent() {
  const dialog = byId('consent-dialog', HTMLDialogElement);
  /** Kept for this visit and nowhere else. @type {Choice | null} */
  let chosen = null;
  /** @type {((choice: Choice) => void) | null} */
  let answer = null;

  /** @param {Choice} choice */
  function choose(choice) {
    chosen = choice;
    dialog.close();
  }

  byId('consent-measure', HTMLButtonElement).addEventListener('click', () => choose('measure'));
  byId('consent-by-hand', HTMLButtonElement).addEventListener('click', () => choose('by-hand'));
  dialog.addEventListener('close', () => {
    // Whoever closes it has not agreed, but may be asked again.
    answer?.(chosen ?? 'by-hand');
    answer = null;
  });

  return {
    choice: () =>
      new Promise((resolve) => {
        if (chosen) {
          resolve(chosen);
          return;
        }
        answer = resolve;
        dialog.showModal();
      }),
    agree() {
      chosen = 'measure';
    },
  };
}
