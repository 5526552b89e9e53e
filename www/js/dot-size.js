// @ts-check
/** Three sizes of dots by name; any other is set with the slider below them. */

/** @param {import('./editing.js').Editing} editing */
export function startDotSize(editing) {
  const choices = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('input[name="dot-size"]')]);
  for (const choice of choices) choice.addEventListener('change', () => editing.set('dotDiameter', Number(choice.value)));
  editing.addEventListener('change', () => {
    const { dotDiameter } = editing.settings();
    for (const choice of choices) choice.checked = Math.abs(Number(choice.value) - dotDiameter) < 0.005;
  });
}
