// @ts-check
/**
 * The engine, in the build that is needed: they do the same, bit for bit. `hairline.js` is the quick one
 * that the page begins with, `measuring/` the same with what measures faces, `plain/` that again for
 * browsers without SIMD.
 */

/** @typedef {'quick' | 'measuring' | 'plain'} Build */

const MODULES = {
  quick: '../hairline.js',
  measuring: '../measuring/hairline.js',
  plain: '../plain/hairline.js',
};

/**
 * The smallest module with SIMD in it: one function that fills a vector with a byte and counts its
 * bits. Nobody runs it; a browser that finds it valid compiles the engine's SIMD too.
 */
const SIMD_MODULE = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, // '\0asm', version 1
  1, 5, 1, 96, 0, 1, 123, // one type: () -> v128
  3, 2, 1, 0, // one function, of that type
  10, 10, 1, 8, 0, // its body, 8 bytes, no locals:
  65, 0, // i32.const 0
  253, 15, // i8x16.splat
  253, 98, // i8x16.popcnt
  11, // end
);

/** The build that the page begins with. Told to the worker by the page. @returns {Build} */
export function firstBuild() {
  return WebAssembly.validate(SIMD_MODULE) ? 'quick' : 'plain';
}

/**
 * Loads the engine and its wasm.
 * @param {Build} build
 * @returns {Promise<typeof import('../hairline.js')>}
 */
export async function loadEngine(build) {
  /** @type {typeof import('../hairline.js')} */
  const engine = await import(MODULES[build]);
  await engine.default();
  return engine;
}
