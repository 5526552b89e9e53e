// @ts-check
/** Keys that work wherever one is, except while typing or in a dialog. */

/**
 * @param {{undo: () => void, redo: () => void, save: () => void, zoom: (key: string) => void}} actions
 */
export function startShortcuts(actions) {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.documentElement.dataset.screen !== 'work' || document.querySelector('dialog[open]')) return;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (event.altKey) return;
      if (key === 'z' && !event.shiftKey) actions.undo();
      else if ((key === 'z' && event.shiftKey) || (key === 'y' && !event.shiftKey)) actions.redo();
      else if (key === 's' && !event.shiftKey) actions.save();
      else return;
      event.preventDefault();
    } else if (!event.altKey && ['+', '=', '-', '0'].includes(key)) {
      actions.zoom(key);
      event.preventDefault();
    }
  });
}
