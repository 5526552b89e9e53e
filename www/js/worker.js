// @ts-check
/**
 * The renderer's thread. It holds nothing that the page could not replay, and may be terminated at
 * any moment. What is done when is decided by the desk, one short slice at a time; between slices
 * it listens, so that a newer wish is heard within a frame.
 */
import { breath } from './breath.js';
import { Desk } from './desk.js';
import { loadEngine } from './engine.js';

/** Which engine is decided once, by the page, and told in the address. */
const build = /** @type {import('./engine.js').Build} */ (new URL(import.meta.url).searchParams.get('build') ?? 'first');
const desk = loadEngine(build).then(
  ({ Renderer }) => new Desk(new Renderer(), (message, transfer) => self.postMessage(message, { transfer })),
);
desk.then(
  () => self.postMessage({ ready: true }),
  () => self.postMessage({ dead: true }),
);

let working = false;

/** @param {Desk} at */
async function work(at) {
  if (working) return;
  working = true;
  while (at.slice()) await breath();
  working = false;
}

self.addEventListener('message', (event) => {
  desk.then(
    (at) => {
      at.file(event.data);
      void work(at);
    },
    () => {}, // Said above.
  );
});
