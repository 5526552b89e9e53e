// @ts-check
/** A frame while the line is dragged, against a whole one: the engine's own work for each. */
import { Engine } from './engine.js';
import { bytesOf, textOf } from './files.js';
import { inTurn } from './timing.js';

/** Frames timed as one: the clock of a page that is not isolated ticks every 0.1 ms. */
const BATCH = 10;
const STEP_PX = 2;
/** A step of the density's slider, per cm². */
const DENSITY_STEP = 1;

export async function drag() {
  const engine = await Engine.start();
  engine.open(await bytesOf('photo.jpg'), await textOf('plan.json'));
  engine.refresh();
  let [fullShare, dragShare] = [0, 0];
  let [denser, up] = [-1, 1];
  const { full, moved } = inTurn(3, 15, {
    full: () => {
      for (let i = 0; i < BATCH; i++) {
        // There and back, so that the number of dots stays.
        engine.changeDensity(denser * DENSITY_STEP);
        denser = -denser;
        fullShare = engine.refresh();
      }
    },
    moved: () => {
      for (let i = 0; i < BATCH; i++) {
        engine.moveLine(up * STEP_PX);
        dragShare = engine.refresh();
      }
      up = -up;
    },
  });
  return { fullFrame: full / BATCH, dragFrame: moved / BATCH, fullShare, dragShare };
}
