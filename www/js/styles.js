// @ts-check
/** The kinds of hairlines, by name. */
import { byId } from './element.js';
import { t } from './i18n.js';

const STYLES = ['mature', 'juvenile', 'round', 'straight', 'winged', 'widows-peak', 'broken', 'female'];

/** @param {import('./editing.js').Editing} editing */
export function startStyles(editing) {
  const row = byId('styles', HTMLElement);
  const choices = STYLES.map((name) => {
    const label = document.createElement('label');
    label.className = 'style-choice';
    const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'style', value: name, id: `style-${name}` });
    input.addEventListener('change', () => editing.chooseStyle(name));
    const word = document.createElement('span');
    word.textContent = t(`style.${name}`);
    label.append(input, word);
    row.append(label);
    return input;
  });
  editing.addEventListener('change', () => {
    const style = editing.style();
    for (const choice of choices) {
      if (choice.checked === (choice.value === style)) continue;
      choice.checked = !choice.checked;
      // Within its row, which may be wider than the screen.
      if (choice.checked) choice.parentElement?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
    }
  });
}
