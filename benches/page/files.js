// @ts-check
/** Files that the bench is served with. */

/** @param {string} path from the bench's folder */
export async function bytesOf(path) {
  const answer = await fetch(new URL(path, import.meta.url));
  if (!answer.ok) throw new Error(`${path} is missing`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** @param {string} path from the bench's folder */
export async function textOf(path) {
  return new TextDecoder().decode(await bytesOf(path));
}

/** Numbers a dot in {@link readDots}. */
export const STRIDE = 5;

/**
 * The dots that the engine draws for the plan, as round ones: x, y, radius in px and strength 0–1
 * of a disc, and the σ of the Gaussian that it is in the photo, px.
 */
export async function readDots() {
  const lines = (await textOf('dots.csv')).trim().split('\n').slice(1);
  const dots = new Float32Array(lines.length * STRIDE);
  lines.forEach((line, i) => dots.set(line.split(',').map(Number), i * STRIDE));
  return dots;
}
