// @ts-check
/**
 * The engine, in the build that is needed: they do the same, bit for bit. `hairline.js` is the one that the
 * page begins with, `full/` that with what is only needed once there is a photo, `plain/` the full one for
 * browsers without SIMD.
 */

/** @typedef {'first' | 'full' | 'plain'} Build */

const MODULES = {
  first: '../hairline.js',
  full: '../full/hairline.js',
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
  return WebAssembly.validate(SIMD_MODULE) ? 'first' : 'plain';
}

/**
 * Loads the engine and its wasm.
 * @param {Build} build
 * @param {boolean} [anew] as a new instance, in place of one that has failed
 * @returns {Promise<typeof import('../hairline.js')>}
 */
export async function loadEngine(build, anew = false) {
  /** @type {typeof import('../hairline.js')} */
  const engine = await import(`${MODULES[build]}${anew ? '?anew' : ''}`);
  await engine.default();
  return engine;
}

/**
 * Whether that engine can do everything: the plain one can, and so can the first one where the page is
 * served from the workshop.
 * @param {typeof import('../hairline.js')} engine
 */
export function isFull({ Renderer }) {
  return 'beginExport' in Renderer.prototype;
}

/** Fetches the full engine into the browser's cache, when there is nothing better to do. */
export function fetchFullEarly() {
  for (const file of ['hairline.js', 'hairline_bg.wasm']) {
    // It is fetched again, then in earnest, when it is needed.
    fetch(new URL(`../full/${file}`, import.meta.url), { priority: 'low' }).catch(() => {});
  }
}
