// @ts-check
/** What is known of the head: measured or placed by hand, and a pupil distance that somebody knows. */
import { byId } from './element.js';
import { number, t } from './i18n.js';

/**
 * @param {import('./editing.js').Editing} editing
 * @param {() => void} measure
 */
export function startHeadPanel(editing, measure) {
  const workspace = byId('workspace', HTMLElement);
  const words = byId('measured', HTMLElement);
  const distance = byId('pupil-distance', HTMLInputElement);

  const height = byId('told-height', HTMLInputElement);
  height.addEventListener('change', () => {
    if (height.valueAsNumber > 0) editing.tellHeight(height.valueAsNumber);
    // What counts from now on is said by the readout.
    height.value = '';
  });
  byId('measure', HTMLButtonElement).addEventListener('click', measure);
  distance.addEventListener('change', () => {
    const mm = distance.valueAsNumber;
    // An empty field goes back to what was measured.
    editing.set('pupilDistance', Number.isFinite(mm) ? mm : 0);
  });

  editing.addEventListener('change', () => {
    const measured = editing.measured();
    if (editing.plan()) height.placeholder = number(editing.readout().midpointAboveBrowMm);
    workspace.toggleAttribute('data-measured', measured !== null);
    if (!measured) return;
    const key = measured.given ? 'head.measured.given' : 'head.measured.iris';
    words.textContent = t(key, { percent: number(100 * measured.uncertainty) });
    if (document.activeElement !== distance) {
      distance.value = measured.given ? String(measured.pupilDistanceMm) : '';
      distance.placeholder = number(measured.pupilDistanceMm);
    }
  });
}
