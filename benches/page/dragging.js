// @ts-check
/** A frame while the line is dragged, against a whole one. */
import { Engine } from './engine.js';
import { bytesOf, textOf } from './files.js';
import { inTurn, timeOf } from './timing.js';

const STEPS = 30;
const STEP_PX = 2;

export async function drag() {
  const engine = await Engine.start();
  engine.open(await bytesOf('photo.jpg'), await textOf('plan.json'));
  const { fullFrame } = inTurn(3, 15, { fullFrame: () => engine.fullFrame() });
  const step = engine.drag();
  // There and back again, of which the way back warms nothing up any more.
  for (let i = 0; i < STEPS; i++) step(-STEP_PX);
  const time = timeOf(() => {
    for (let i = 0; i < STEPS; i++) step(STEP_PX);
  });
  return { fullFrame, dragFrame: time / STEPS };
}
