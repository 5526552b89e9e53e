// @ts-check
/** Forty thousand places: chosen from the follicle set, against made anew. */
import { Engine } from './engine.js';
import { bytesOf, readDots, textOf } from './files.js';
import { PoissonPeer } from './poisson-peer.js';
import { inTurn } from './timing.js';

/** Selections timed as one: the clock of a page that is not isolated ticks every 0.1 ms. */
const BATCH = 10;

export async function select() {
  const engine = await Engine.start();
  engine.open(await bytesOf('photo.jpg'), await textOf('plan.json'));
  const selected = engine.dots();
  const peer = new PoissonPeer(await readDots());
  const made = peer.tune(selected);
  const { batch, poisson } = inTurn(1, 5, {
    batch: () => {
      for (let i = 0; i < BATCH; i++) engine.select();
    },
    poisson: () => peer.make(),
  });
  return { selected, select: batch / BATCH, poissonMade: made, poisson };
}
