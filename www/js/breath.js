// @ts-check
/** Pauses between slices of work, in which waiting messages are heard. */

// A timer would be held back to 4 ms and more; a message to oneself comes as soon as it is due.
const { port1, port2 } = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];
port1.onmessage = () => waiting.shift()?.();

/** @returns {Promise<void>} after the messages that wait already */
export function breath() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
