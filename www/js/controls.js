// @ts-check
/** The inspector: sliders, symmetry, suggestion, undo and redo, and what they show. */
import { startDotSize } from './dot-size.js';
import { byId } from './element.js';
import { number, t } from './i18n.js';
import { startStyles } from './styles.js';
import { ValueSlider } from './value-slider.js';

/**
 * @param {import('./editing.js').Editing} editing
 * @returns {{showDots: (count: number) => void}}
 */
export function startControls(editing) {
  const sliders = [...document.querySelectorAll('value-slider')].filter((s) => s instanceof ValueSlider);
  const symmetric = byId('symmetric', HTMLInputElement);
  const readout = byId('readout', HTMLElement);
  const dots = byId('dots', HTMLElement);
  const undo = byId('undo', HTMLButtonElement);
  const redo = byId('redo', HTMLButtonElement);

  for (const slider of sliders) slider.attach(editing);
  startDotSize(editing);
  startStyles(editing);
  symmetric.addEventListener('change', () => editing.set('symmetric', symmetric.checked));
  byId('reset-hairline', HTMLButtonElement).addEventListener('click', () => editing.resetHairline());
  undo.addEventListener('click', () => editing.undo());
  redo.addEventListener('click', () => editing.redo());

  editing.addEventListener('change', () => {
    const settings = editing.settings();
    for (const slider of sliders) slider.update(settings);
    symmetric.checked = settings.symmetric;
    undo.disabled = !editing.canUndo();
    redo.disabled = !editing.canRedo();
    const { midpointAboveBrowMm, uncertaintyMm, widthMm } = editing.readout();
    readout.textContent = t('hairline.readout', {
      above: number(midpointAboveBrowMm),
      uncertainty: number(uncertaintyMm),
      width: number(widthMm),
    });
  });

  return {
    showDots(count) {
      dots.textContent = t('dots.count', { count: number(count) });
    },
  };
}
