// @ts-check
/** The bench's own page: runs one job after the other, each in a fresh worker. */

/**
 * Every job runs in a worker, because that is where the page runs its engine, and in a new one, so
 * that no job finds memory or compiled code of another.
 * @param {string} job
 * @returns {Promise<Record<string, number>>}
 */
function run(job) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    worker.addEventListener('error', (event) => reject(new Error(event.message || `${job} could not be loaded`)));
    worker.addEventListener('message', (event) => {
      worker.terminate();
      if (event.data.numbers) resolve(event.data.numbers);
      else reject(new Error(event.data.failure));
    });
    worker.postMessage(job);
  });
}

Object.assign(globalThis, { bench: { run } });
document.documentElement.dataset.ready = '';
