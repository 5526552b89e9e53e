// @ts-check
/**
 * The models that measure a face: fetched from this page's own place, only when they are needed, and
 * kept by the browser for the next visit.
 */
import { Failure } from './failure.js';

/** What the engine calls them, and their files. */
const FILES = {
  detector: 'face_detection_short_range.tflite',
  mesh: 'face_landmark_with_attention.tflite',
  person: 'selfie_segmentation.tflite',
};
/** For faces far away; fetched when the near ones' detector finds none. */
export const FAR_FILE = 'face_detection_full_range.tflite';
/** Another name when a file is another one. */
const CACHE = 'hairline-models-1';

/** @typedef {keyof typeof FILES | 'far'} ModelName */
/** @typedef {Partial<Record<ModelName, ArrayBuffer>>} Models */

/** @type {Map<string, Promise<ArrayBuffer>>} */
const fetched = new Map();

/** @param {string} file */
async function load(file) {
  const url = new URL(`../models/${file}`, import.meta.url);
  // Not there on a page without TLS, and refused by some private windows.
  const cache = await globalThis.caches?.open(CACHE).catch(() => null);
  const kept = await cache?.match(url).catch(() => null);
  if (kept) return kept.arrayBuffer();
  const answer = await fetch(url);
  if (!answer.ok) throw new Failure('models-missing');
  await cache?.put(url, answer.clone()).catch(() => {});
  return answer.arrayBuffer();
}

/** @param {string} file */
function once(file) {
  let promise = fetched.get(file);
  if (!promise) {
    promise = load(file).catch((thrown) => {
      // The next attempt may have a connection.
      fetched.delete(file);
      throw Failure.from(thrown).code === 'unknown' ? new Failure('models-missing') : thrown;
    });
    fetched.set(file, promise);
  }
  return promise;
}

/** @returns {Promise<Models>} each is fetched once; copies, which may be given away */
export async function fetchModels() {
  const names = /** @type {(keyof typeof FILES)[]} */ (Object.keys(FILES));
  const files = await Promise.all(names.map((name) => once(FILES[name])));
  return Object.fromEntries(names.map((name, i) => [name, files[i]?.slice(0)]));
}

/** @returns {Promise<Models>} */
export async function fetchFarModel() {
  return { far: (await once(FAR_FILE)).slice(0) };
}
