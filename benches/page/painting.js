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
  // The list holds the longer radius of every dot's ellipse, but the peers draw round dots. One factor
  // for all radii gives them the same amount of pigment to draw as the engine.
  const wanted = darkening(photo.data, engine.treated());
  let radiusFactor = 1;
  for (let i = 0; i < 4; i++) {
    linear.paint();
    const correction = Math.sqrt(wanted / darkening(photo.data, linear.pixels));
    radiusFactor *= correction;
    for (let at = 2; at < dots.length; at += STRIDE) dots[at] = (dots[at] ?? 0) * correction;
  }
  const { engineFrame, canvasFrame, linearFrame } = inTurn(4, 21, {
    engineFrame: () => engine.paint(),
    canvasFrame: () => canvas.paint(),
    linearFrame: () => linear.paint(),
  });
  return {
    width,
    height,
    engineDots: engine.dots(),
    peerDots: dots.length / STRIDE,
    engineFrame,
    canvasFrame,
    linearFrame,
    radiusFactor,
    engineDarkening: wanted,
    canvasDarkening: darkening(photo.data, canvas.pixels),
    linearDarkening: darkening(photo.data, linear.pixels),
  };
}

/** Mean difference over all pixels, sRGB codes. @param {Uint8ClampedArray} before @param {Uint8ClampedArray} after */
function darkening(before, after) {
  return before.reduce((sum, code, i) => sum + code - (after[i] ?? 0), 0) / ((before.length / 4) * 3);
}
