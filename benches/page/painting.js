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
  const engineDots = engine.dots();
  return { width, height, engineDots, peerDots: dots.length / STRIDE, engineFrame, canvasFrame, linearFrame };
}
