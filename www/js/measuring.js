// @ts-check
/** Measuring a face from the photo: fetches what it takes, and tells how far it has come. */
import { fetchFarModel, fetchModels } from './models.js';
import { showProgress } from './progress.js';

/** @typedef {import('./renderer-client.js').RendererClient} RendererClient */
/** @typedef {import('../hairline.js').Findings} Findings */

export class Measuring {
  #renderer;
  /** @type {AbortController | null} */ #controller = null;

  /** @param {RendererClient} renderer */
  constructor(renderer) {
    this.#renderer = renderer;
  }

  /**
   * What is found in the open photo.
   * @param {number} [face] which of the faces found before is meant
   * @returns {Promise<Findings>}
   */
  async measure(face = 0) {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    const cancel = () => controller.abort();
    const said = (/** @type {string} */ stage) => showProgress(`working.${stage}`, cancel);
    try {
      said('models');
      await this.#renderer.loadModels(await fetchModels());
      const found = await this.#renderer.measure({ face, signal, said });
      if (found.faces.length > 0 || found.far) return found;
      // Small faces have a model of their own, which most photos never need.
      said('models');
      await this.#renderer.loadModels(await fetchFarModel());
      return await this.#renderer.measure({ face, signal, said });
    } finally {
      if (this.#controller === controller) this.#controller = null;
    }
  }

  cancel() {
    this.#controller?.abort();
    this.#controller = null;
  }
}
