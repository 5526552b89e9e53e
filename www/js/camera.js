// @ts-check
/** Taking a photo with a head outline and three seconds of time. */
import { byId, inside } from './element.js';
import { Failure } from './failure.js';

/**
 * @param {(photo: Blob) => void} take
 * @param {(thrown: unknown) => void} fail
 */
export function startCamera(take, fail) {
  const dialog = byId('camera-dialog', HTMLDialogElement);
  const video = inside(dialog, 'video', HTMLVideoElement);
  const count = inside(dialog, '.camera-count', HTMLElement);
  const shutter = inside(dialog, '.shutter', HTMLButtonElement);
  const flip = inside(dialog, '[data-flip]', HTMLButtonElement);
  const fallback = byId('camera-input', HTMLInputElement);
  /** @type {MediaStream | null} */
  let stream = null;
  /** @type {'user' | 'environment'} */
  let facing = 'user';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function release() {
    clearTimeout(timer);
    count.textContent = '';
    shutter.disabled = false;
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
  }

  async function connect() {
    release();
    const next = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: facing, width: { ideal: 2560 }, height: { ideal: 1920 } },
    });
    // Closed while the person was being asked.
    if (!dialog.open) {
      for (const track of next.getTracks()) track.stop();
      return;
    }
    stream = next;
    video.srcObject = next;
    // Seen as in a mirror, saved as others see it.
    dialog.toggleAttribute('data-mirrored', facing === 'user');
    await video.play();
  }

  function capture() {
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    canvas.toBlob((photo) => {
      dialog.close();
      if (photo) take(photo);
      else fail(new Failure('no-camera'));
    }, 'image/png');
  }

  /** @param {number} seconds */
  function countDown(seconds) {
    shutter.disabled = true;
    count.textContent = seconds > 0 ? String(seconds) : '';
    timer = setTimeout(() => (seconds > 1 ? countDown(seconds - 1) : capture()), 1000);
  }

  async function open() {
    if (!navigator.mediaDevices?.getUserMedia) {
      fallback.click();
      return;
    }
    dialog.showModal();
    try {
      await connect();
    } catch {
      dialog.close();
      fail(new Failure('no-camera'));
      // Opens the system's camera or a file list where the press still counts as one.
      fallback.click();
    }
  }

  shutter.addEventListener('click', () => {
    if (stream) countDown(3);
  });
  flip.addEventListener('click', () => {
    facing = facing === 'user' ? 'environment' : 'user';
    connect().catch(() => fail(new Failure('no-camera')));
  });
  inside(dialog, '[data-close]', HTMLButtonElement).addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', release);
  byId('take-photo', HTMLButtonElement).addEventListener('click', () => void open());
}
