// @ts-check
/** The same dots on the same photo by three painters. */
import { CanvasPainter } from './canvas-painter.js';
import { Engine } from './engine.js';
import { STRIDE, bytesOf, readDots, textOf } from './files.js';
import { LinearPainter } from './linear-painter.js';
import { inTurn } from './timing.js';

export async function paint() {
  const engine = await Engine.start();
  const { width, height } = engine.open(await bytesOf('photo.jpg'), await textOf('plan.json'));
  const dots = await readDots();
  const photo = new ImageData(engine.untreated(), width, height);
  const canvas = new CanvasPainter(photo, dots);
  const linear = new LinearPainter(photo, dots);
  const { engineFrame, canvasFrame, linearFrame } = inTurn(4, 21, {
    engineFrame: () => engine.paint(),
    canvasFrame: () => canvas.paint(),
    linearFrame: () => linear.paint(),
  });
  const treated = engine.treated();
  return {
    width,
    height,
    engineDots: engine.dots(),
    peerDots: dots.length / STRIDE,
    dotSigma: medianSigma(dots),
    changedShare: changed(photo.data, treated),
    engineFrame,
    canvasFrame,
    linearFrame,
    engineDarkening: darkening(photo.data, treated),
    canvasDarkening: darkening(photo.data, canvas.pixels),
    linearDarkening: darkening(photo.data, linear.pixels),
  };
}

/** @param {Float32Array} dots */
function medianSigma(dots) {
  const sigmas = dots.filter((_, i) => i % STRIDE === STRIDE - 1).sort();
  return sigmas[sigmas.length >> 1] ?? NaN;
}

/** Share of the pixels that are not as they were. @param {Uint8ClampedArray} before @param {Uint8ClampedArray} after */
function changed(before, after) {
  const [a, b] = [new Uint32Array(before.buffer), new Uint32Array(after.buffer)];
  return a.reduce((count, pixel, i) => count + Number(pixel !== b[i]), 0) / a.length;
}

/** Mean difference over all pixels, sRGB codes. @param {Uint8ClampedArray} before @param {Uint8ClampedArray} after */
function darkening(before, after) {
  return before.reduce((sum, code, i) => sum + code - (after[i] ?? 0), 0) / ((before.length / 4) * 3);
}
