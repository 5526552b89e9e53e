// Put into the shipped page by the bench: notes when things were done and when they were seen.
// All times are those of `performance.now()`, ms.
(() => {
  'use strict';
  const watch = {
    /** When the file input last got a photo. */
    chosen: 0,
    /** When the first treated frame after that was on screen. */
    opened: 0,
    /** When each movement of a pressed pointer happened. @type {number[]} */
    moves: [],
    /** From each movement to the first frame on screen that knew of it. @type {number[]} */
    delays: [],
    /** Durations of tasks that blocked the page, since the last reset. @type {number[]} */
    longTasks: [],
    /** Frames shown since the last reset. */
    frames: 0,
    /** Workers that the page has ended. */
    ended: 0,
    reset() {
      Object.assign(watch, { chosen: 0, opened: 0, moves: [], delays: [], longTasks: [], frames: 0 });
      told = 0;
    },
  };
  /** How many movements the renderer had been told of when it was last given a document. */
  let told = 0;
  Object.assign(window, { bench: watch });

  addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'file') {
      Object.assign(watch, { chosen: event.timeStamp, opened: 0 });
    }
  }, true);
  addEventListener('pointermove', (event) => {
    if (event.buttons) watch.moves.push(event.timeStamp);
  }, true);

  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function postMessage(/** @type {any} */ message, /** @type {any[]} */ ...rest) {
    const documentSent = Object.values(message ?? {}).some((v) => typeof v === 'string' && v.startsWith('{'));
    if (documentSent) told = watch.moves.length;
    // @ts-ignore: both of its forms are passed on
    return post.call(this, message, ...rest);
  };
  const terminate = Worker.prototype.terminate;
  Worker.prototype.terminate = function () {
    watch.ended++;
    terminate.call(this);
  };

  new MutationObserver(() => {
    watch.frames++;
    const known = told;
    // What is drawn now is painted after the next animation callbacks.
    requestAnimationFrame(() => {
      const now = performance.now();
      if (watch.chosen && !watch.opened) watch.opened = now;
      for (const at of watch.moves.slice(watch.delays.length, known)) watch.delays.push(now - at);
    });
  }).observe(document.documentElement, { attributeFilter: ['data-frame'] });

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watch.longTasks.push(entry.duration);
  }).observe({ type: 'longtask' });
})();
