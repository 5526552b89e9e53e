// @ts-check
/** Light or dark: the system's choice until the person makes one. */
import { byId } from './element.js';

const KEY = 'hairline-theme';
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');

/** @returns {string | null} */
function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // Storage refused: the choice lasts as long as the page.
  }
}

export function startTheme() {
  let choice = stored();
  const apply = () => {
    root.dataset.theme = choice === 'light' || choice === 'dark' ? choice : system.matches ? 'dark' : 'light';
  };
  system.addEventListener('change', apply);
  byId('theme', HTMLButtonElement).addEventListener('click', () => {
    choice = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // As above.
    }
    apply();
  });
  apply();
}
