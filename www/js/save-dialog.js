// @ts-check
/** Keeping the picture: as a file, or through the system's share sheet. */
import { byId, inside } from './element.js';
import { Failure } from './failure.js';
import { number, t } from './i18n.js';
import { startSaveProgress } from './save-progress.js';

/** @typedef {'jpeg' | 'png'} Format */
/** @typedef {{signal: AbortSignal, progress: (share: number) => void}} Options */

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

/** @param {unknown} thrown */
const isCancelled = (thrown) => Failure.from(thrown).code === 'cancelled';

/**
 * @param {(format: Format, options: Options) => Promise<ArrayBuffer>} make
 * @param {(thrown: unknown) => void} fail
 * @returns {{open: (moment: string) => void}} `moment`: which one the picture shows
 */
export function startSaveDialog(make, fail) {
  const dialog = byId('save-dialog', HTMLDialogElement);
  const moment = byId('save-moment', HTMLElement);
  const status = byId('save-status', HTMLElement);
  const share = byId('share', HTMLButtonElement);
  const buttons = { jpeg: byId('save-jpeg', HTMLButtonElement), png: byId('save-png', HTMLButtonElement) };
  const progress = startSaveProgress(() => stop());
  /** Made while this dialog is open, each format once. @type {Map<Format, Promise<File>>} */
  const made = new Map();
  /** One file after the other. @type {Promise<unknown>} */
  let last = Promise.resolve();
  let controller = new AbortController();
  /** @type {File | null} */
  let toShare = null;

  /** Stops everything that is being made. */
  function stop() {
    controller.abort();
    controller = new AbortController();
  }

  /** @param {Format} format @param {AbortSignal} signal */
  async function produce(format, signal) {
    const bytes = await make(format, { signal, progress: (done) => progress.show(format, done) });
    const file = new File([bytes], `${t('save.filename')}.${ENDING[format]}`, { type: `image/${format}` });
    if (format === 'jpeg') {
      toShare = file;
      share.disabled = false;
    }
    return file;
  }

  /** @param {Format} format @returns {Promise<File>} */
  function file(format) {
    let promise = made.get(format);
    if (!promise) {
      const { signal } = controller;
      const next = () => produce(format, signal);
      promise = last.then(next, next);
      last = promise;
      promise.catch(() => {
        if (made.get(format) === promise) made.delete(format);
      });
      made.set(format, promise);
    }
    return promise;
  }

  /** @param {Format} format */
  async function save(format) {
    status.textContent = '';
    buttons.jpeg.disabled = buttons.png.disabled = true;
    progress.begin(format);
    try {
      const picture = await file(format);
      download(picture);
      status.textContent = t('save.done', { name: picture.name, size: size(picture.size) });
    } catch (thrown) {
      if (isCancelled(thrown)) {
        status.textContent = t('save.cancelled');
      } else {
        dialog.close();
        fail(thrown);
      }
    } finally {
      progress.end();
      buttons.jpeg.disabled = buttons.png.disabled = false;
      // The button that was pressed lost the focus while it could not be used.
      if (dialog.open && !dialog.contains(document.activeElement)) buttons[format].focus();
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
  // Nobody waits for it any more.
  dialog.addEventListener('close', stop);

  return {
    open(title) {
      made.clear();
      toShare = null;
      moment.textContent = t('save.moment', { moment: title });
      status.textContent = '';
      share.disabled = true;
      share.hidden = !canShare(new File(['x'], 'x.jpg', { type: 'image/jpeg' }));
      dialog.showModal();
      // Sharing must follow a press at once, so the file is made before the button is offered.
      // A failure is said when the person asks for the file.
      if (!share.hidden) file('jpeg').catch(() => {});
    },
  };
}
