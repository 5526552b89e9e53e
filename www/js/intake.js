// @ts-check
/** Every way a photo can come in: chosen, dropped, pasted. */
import { byId } from './element.js';

/** @param {DataTransfer | null} data @returns {File | undefined} */
function fileOf(data) {
  const files = [...(data?.files ?? [])];
  return files.find((f) => f.type.startsWith('image/')) ?? files[0];
}

/** @param {(photo: File) => void} take */
export function startIntake(take) {
  const input = byId('photo-input', HTMLInputElement);
  const camera = byId('camera-input', HTMLInputElement);
  byId('choose-photo', HTMLButtonElement).addEventListener('click', () => input.click());
  for (const source of [input, camera]) {
    const read = () => {
      const file = source.files?.[0];
      if (file) take(file);
      // The same file may be chosen again.
      source.value = '';
    };
    source.addEventListener('change', read);
    // Chosen before this script ran.
    read();
  }

  const hint = byId('drop-hint', HTMLElement);
  // Entering a child leaves its parent: only the balance tells whether the file is still here.
  let depth = 0;
  const show = (/** @type {number} */ n) => {
    depth = Math.max(0, n);
    hint.toggleAttribute('data-on', depth > 0);
  };
  const carriesFile = (/** @type {DragEvent} */ e) => e.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragenter', (e) => {
    if (carriesFile(e)) show(depth + 1);
  });
  addEventListener('dragleave', () => show(depth - 1));
  addEventListener('dragover', (e) => {
    if (carriesFile(e)) e.preventDefault();
  });
  addEventListener('drop', (e) => {
    show(0);
    const file = fileOf(e.dataTransfer);
    if (!file) return;
    e.preventDefault();
    take(file);
  });
  addEventListener('paste', (e) => {
    const file = fileOf(e.clipboardData);
    if (file) take(file);
  });
}
