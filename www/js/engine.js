// @ts-check
/** The engine, in the build that this browser can run. Both builds do the same, bit for bit. */

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

/** Whether this browser needs the engine without SIMD. Told to the worker by the page. */
export function needsPlainEngine() {
  return !WebAssembly.validate(SIMD_MODULE);
}

/**
 * Loads the engine and its wasm.
 * @param {boolean} plain without SIMD
 * @returns {Promise<typeof import('../hairline.js')>}
 */
export async function loadEngine(plain) {
  /** @type {typeof import('../hairline.js')} */
  const engine = await import(plain ? '../plain/hairline.js' : '../hairline.js');
  await engine.default();
  return engine;
}
