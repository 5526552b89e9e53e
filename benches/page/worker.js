// @ts-check
/** One job of the bench, in a thread of its own. */
import { analyse } from './analysing.js';
import { drag } from './dragging.js';
import { openAndSave } from './memory.js';
import { paint } from './painting.js';
import { select } from './selecting.js';

/** @type {Record<string, () => Promise<Record<string, number>>>} */
const jobs = { paint, select, drag, openAndSave, analyse };

self.addEventListener('message', async (event) => {
  try {
    const job = jobs[event.data];
    if (!job) throw new Error(`no job ${event.data}`);
    self.postMessage({ numbers: await job() });
  } catch (thrown) {
    self.postMessage({ failure: thrown instanceof Error ? `${thrown.message}\n${thrown.stack}` : String(thrown) });
  }
});
