// @ts-check
/** `<faces-layer>`: where several people are in the photo, a frame around each to choose by. */
import { t } from './i18n.js';

/** @typedef {import('./photo-view.js').PhotoView} PhotoView */
/** @typedef {import('../hairline.js').FaceBox} FaceBox */

export class FacesLayer extends HTMLElement {
  /** @type {PhotoView | undefined} */ #view;
  /** @type {FaceBox[]} */ #faces = [];
  /** @type {(index: number) => void} */ #choose = () => {};

  /** @param {PhotoView} view @param {(index: number) => void} choose */
  attach(view, choose) {
    this.#view = view;
    this.#choose = choose;
    view.addEventListener('viewchange', () => this.#place());
  }

  /** @param {FaceBox[]} faces @param {number} chosen which of them is worked on */
  show(faces, chosen) {
    // One alone needs no choice.
    this.#faces = faces.length > 1 ? faces : [];
    this.replaceChildren(
      ...this.#faces.map((_, i) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'face-frame';
        button.setAttribute('aria-label', t('faces.choose', { number: i + 1 }));
        button.setAttribute('aria-pressed', String(i === chosen));
        button.addEventListener('click', () => this.#choose(i));
        // The photo must not take the press for a drag.
        button.addEventListener('pointerdown', (event) => event.stopPropagation());
        return button;
      }),
    );
    this.#place();
  }

  #place() {
    const viewport = this.#view?.viewport;
    if (!viewport) return;
    for (const [i, child] of [...this.children].entries()) {
      const face = this.#faces[i];
      if (!face || !(child instanceof HTMLElement)) continue;
      const at = viewport.toView(face.left, face.top);
      const width = face.width * viewport.zoom;
      const height = face.height * viewport.zoom;
      // Never smaller than a finger.
      const [w, h] = [Math.max(width, 44), Math.max(height, 44)];
      child.style.transform = `translate(${at.x - (w - width) / 2}px, ${at.y - (h - height) / 2}px)`;
      child.style.width = `${w}px`;
      child.style.height = `${h}px`;
    }
  }
}

customElements.define('faces-layer', FacesLayer);
