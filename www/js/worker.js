// @ts-check
/**
 * The renderer's thread. It holds nothing that the page could not replay, and may be terminated at
 * any moment.
 */
import init, { Renderer } from '../hairline.js';

/** @typedef {{id: number, op: string, bytes?: ArrayBuffer, json?: string, x?: number, y?: number, scale?: number, width?: number, height?: number, treated?: boolean, format?: 'jpeg' | 'png'}} Request */

const renderer = init().then(() => new Renderer());
renderer.then(
  () => self.postMessage({ ready: true }),
  () => self.postMessage({ dead: true }),
);

/**
 * Bytes that may be transferred: never a window into the engine's own memory.
 * @param {Uint8Array | Uint8ClampedArray} bytes
 * @returns {ArrayBuffer}
 */
function transferable(bytes) {
  const whole = bytes.byteLength === bytes.buffer.byteLength;
  return /** @type {ArrayBuffer} */ ((whole ? bytes : bytes.slice()).buffer);
}

/**
 * @param {Renderer} engine
 * @param {Request} request
 * @returns {Promise<{answer: object, transfer?: Transferable[]}>}
 */
async function perform(engine, request) {
  const bytes = new Uint8Array(request.bytes ?? new ArrayBuffer(0));
  switch (request.op) {
    case 'loadFollicles':
      engine.loadFollicles(bytes);
      return { answer: {} };
    case 'open': {
      const { width, height } = await engine.openPhoto(bytes);
      return { answer: { width, height } };
    }
    case 'close':
      engine.closePhoto();
      return { answer: {} };
    case 'document':
      engine.setDocument(request.json ?? '');
      return { answer: {} };
    case 'frame': {
      const { x = 0, y = 0, scale = 1, width = 1, height = 1, treated = true } = request;
      const pixels = transferable(engine.frame(x, y, scale, width, height, treated));
      return { answer: { pixels, dots: treated ? engine.dotCount() : -1 }, transfer: [pixels] };
    }
    case 'export': {
      const file = transferable(engine.exportPicture(request.format ?? 'jpeg'));
      return { answer: { file }, transfer: [file] };
    }
    default:
      throw Object.assign(new Error(`no operation ${request.op}`), { code: 'unknown' });
  }
}

/** One after the other, in the order they came. @type {Promise<void>} */
let queue = Promise.resolve();

self.addEventListener('message', (event) => {
  const request = /** @type {Request} */ (event.data);
  queue = queue.then(async () => {
    const engine = await renderer;
    // Tells the page's watchdog that the silence which follows is work.
    self.postMessage({ id: request.id, begun: true });
    try {
      const { answer, transfer = [] } = await perform(engine, request);
      self.postMessage({ id: request.id, ok: true, ...answer }, { transfer });
    } catch (thrown) {
      const { code, message } = /** @type {{code?: string, message?: string}} */ (thrown ?? {});
      // What has no code is a trap: the engine's memory cannot be trusted any more.
      if (typeof code === 'string') self.postMessage({ id: request.id, ok: false, error: { code, message } });
      else self.postMessage({ dead: true, message });
    }
  });
});
