// @ts-check
/** Times of repeated work, ms. */

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** @param {() => void} work */
export function timeOf(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/**
 * Does every kind of work once a round, so that a busy moment of the machine meets all of them
 * alike. The first rounds warm up and do not count.
 * @template {string} Name
 * @param {number} warmUp
 * @param {number} rounds
 * @param {Record<Name, () => void>} works
 * @returns {Record<Name, number>} medians
 */
export function inTurn(warmUp, rounds, works) {
  const names = /** @type {Name[]} */ (Object.keys(works));
  const times = new Map(names.map((name) => [name, /** @type {number[]} */ ([])]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const time = timeOf(works[name]);
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  return /** @type {Record<Name, number>} */ (
    Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])]))
  );
}
