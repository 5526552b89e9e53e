// @ts-check
/** Keeping the picture: as a file, or through the system's share sheet. */
import { byId, inside } from './element.js';
import { number, t } from './i18n.js';

/** @typedef {'jpeg' | 'png'} Format */

const ENDING = { jpeg: 'jpg', png: 'png' };

/** @param {number} bytes */
function size(bytes) {
  return bytes < 1e6 ? t('size.kb', { value: number(Math.max(1, bytes / 1e3)) }) : t('size.mb', { value: number(bytes / 1e6, 1) });
}

/** @param {File} file */
function download(file) {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  // Safari reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {File} file */
function canShare(file) {
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] });
}

/**
 * @param {(format: Format) => Promise<ArrayBuffer>} make
 * @param {(thrown: unknown) => void} fail
 * @returns {{open: () => void}}
 */
export function startSaveDialog(make, fail) {
  const dialog = byId('save-dialog', HTMLDialogElement);
  const status = byId('save-status', HTMLElement);
  const share = byId('share', HTMLButtonElement);
  const buttons = { jpeg: byId('save-jpeg', HTMLButtonElement), png: byId('save-png', HTMLButtonElement) };
  /** Made while this dialog is open, each format once. @type {Map<Format, Promise<File>>} */
  const made = new Map();
  /** @type {File | null} */
  let toShare = null;

  /** @param {Format} format @returns {Promise<File>} */
  function file(format) {
    let promise = made.get(format);
    if (!promise) {
      promise = make(format).then((bytes) => new File([bytes], `${t('save.filename')}.${ENDING[format]}`, { type: `image/${format}` }));
      promise.catch(() => made.delete(format));
      made.set(format, promise);
    }
    return promise;
  }

  /** @param {Format} format */
  async function save(format) {
    status.textContent = t('save.making');
    buttons.jpeg.disabled = buttons.png.disabled = true;
    try {
      const picture = await file(format);
      download(picture);
      status.textContent = t('save.done', { name: picture.name, size: size(picture.size) });
    } catch (thrown) {
      status.textContent = '';
      dialog.close();
      fail(thrown);
    } finally {
      buttons.jpeg.disabled = buttons.png.disabled = false;
    }
  }

  buttons.jpeg.addEventListener('click', () => void save('jpeg'));
  buttons.png.addEventListener('click', () => void save('png'));
  share.addEventListener('click', () => {
    if (!toShare) return;
    navigator.share({ files: [toShare] }).catch((thrown) => {
      if (thrown?.name !== 'AbortError') status.textContent = t('error.cannot-share');
    });
  });
  inside(dialog, '[data-close]', HTMLButtonElement).addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });

  return {
    open() {
      made.clear();
      toShare = null;
      status.textContent = '';
      share.disabled = true;
      share.hidden = !canShare(new File(['x'], 'x.jpg', { type: 'image/jpeg' }));
      dialog.showModal();
      // Sharing must follow a press at once, so the file is made before the button is offered.
      if (share.hidden) return;
      file('jpeg').then(
        (picture) => {
          toShare = picture;
          share.disabled = false;
        },
        () => {}, // Said when the person asks for it.
      );
    },
  };
}
