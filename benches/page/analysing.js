// @ts-check
/** How long a photo of 12 megapixels is looked at: face, head, skin, first plan. */
// The build that the page fetches once somebody has agreed; it has the same face as the other one.
// @ts-expect-error: it is there once the page is built
import init, { Renderer } from '../full/hairline.js';
import { bytesOf } from './files.js';
import { median, timeOf } from './timing.js';

const MODELS = {
  detector: 'face_detection_short_range.tflite',
  mesh: 'face_landmark_with_attention.tflite',
  person: 'selfie_segmentation.tflite',
};
const ROUNDS = 7;

export async function analyse() {
  const exports = /** @type {{memory: WebAssembly.Memory}} */ (await init());
  /** @type {import('../hairline.js').Renderer} */
  const renderer = new Renderer();
  for (const [name, file] of Object.entries(MODELS)) renderer.loadModel(name, await bytesOf(`../models/${file}`));
  renderer.openPhoto(await bytesOf('photo-12mp.jpg'));
  /** @type {number[]} */
  const totals = [];
  /** @type {number[]} */
  const longest = [];
  let faces = 0;
  // The first one reads the models and warms up.
  for (let round = -1; round < ROUNDS; round++) {
    let slice = 0;
    const total = timeOf(() => {
      renderer.beginMeasuring(0);
      for (;;) {
        const start = performance.now();
        const step = renderer.advanceMeasuring();
        slice = Math.max(slice, performance.now() - start);
        if (typeof step === 'string') continue;
        faces = step.faces.length;
        break;
      }
    });
    if (round < 0) continue;
    totals.push(total);
    longest.push(slice);
  }
  return { analyse: median(totals), analyseSlice: median(longest), analyseFaces: faces, memoryAnalysed: exports.memory.buffer.byteLength };
}
