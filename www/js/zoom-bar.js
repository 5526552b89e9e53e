// @ts-check
/** The zoom buttons over the photo, and the value between them. */
import { byId } from './element.js';
import { number, t } from './i18n.js';

/** @param {import('./photo-view.js').PhotoView} view */
export function startZoomBar(view) {
  const value = byId('zoom-100', HTMLButtonElement);
  const zoomIn = byId('zoom-in', HTMLButtonElement);
  const zoomOut = byId('zoom-out', HTMLButtonElement);
  zoomIn.addEventListener('click', () => view.zoomIn());
  zoomOut.addEventListener('click', () => view.zoomOut());
  value.addEventListener('click', () => view.zoom100());
  byId('zoom-fit', HTMLButtonElement).addEventListener('click', () => view.zoomFit());

  view.addEventListener('viewchange', () => {
    const percent = number(view.percent);
    value.textContent = t('view.zoomValue', { percent });
    value.setAttribute('aria-label', t('view.zoomSpoken', { percent }));
    const { zoom, deepestZoom, fitted } = view.viewport;
    zoomOut.disabled = fitted;
    zoomIn.disabled = zoom >= deepestZoom * 0.999;
    byId('workspace', HTMLElement).toggleAttribute('data-zoomed', !fitted);
  });
}
