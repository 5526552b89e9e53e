/** The npm package as the bench is served with it: one module, made from its CommonJS files. */
export default class PoissonDiskSampling {
  constructor(
    options: {
      shape: number[];
      minDistance: number;
      maxDistance: number;
      distanceFunction: (point: number[]) => number;
    },
    random: () => number,
  );
  fill(): number[][];
}
