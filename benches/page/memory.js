// @ts-check
/** How large the engine's memory grows with a photo of 12 megapixels. */
import { Engine } from './engine.js';
import { bytesOf } from './files.js';

/** Px: a laptop's view of the photo. */
const SCREEN_HEIGHT = 1600;

export async function openAndSave() {
  const engine = await Engine.start();
  engine.open(await bytesOf('photo-12mp.jpg'), null);
  engine.screenFrame(SCREEN_HEIGHT);
  const memoryOpen = engine.memoryBytes;
  engine.save('jpeg');
  engine.save('png');
  return { memoryOpen, memorySaved: engine.memoryBytes };
}
