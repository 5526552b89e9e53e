// @ts-check
/** Which tool is in hand; on a phone also which setting is open. */
import { byId } from './element.js';

/** @typedef {'head' | 'hairline' | 'density' | 'softness' | 'shade' | 'time'} Tool */

/** As in `workspace.css`. */
const narrow = matchMedia('(max-width: 599px)');

/**
 * @param {import('./handle-layer.js').HandleLayer} handles
 * @returns {{choose: (tool: Tool) => void}}
 */
export function startTools(handles) {
  const workspace = byId('workspace', HTMLElement);
  const chips = /** @type {HTMLButtonElement[]} */ ([...workspace.querySelectorAll('.chip')]);

  /** @param {Tool} tool */
  function choose(tool) {
    workspace.dataset.tool = tool;
    for (const chip of chips) chip.setAttribute('aria-pressed', String(chip.dataset.tool === tool));
    // A setting is judged on the picture alone.
    handles.show(tool === 'head' || tool === 'hairline' ? tool : null);
    chips.find((c) => c.dataset.tool === tool)?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }

  for (const chip of chips) chip.addEventListener('click', () => choose(/** @type {Tool} */ (chip.dataset.tool)));
  byId('head-next', HTMLButtonElement).addEventListener('click', () => choose('hairline'));
  const pose = workspace.querySelector('details.pose');
  // There is room for it beside the photo.
  pose?.toggleAttribute('open', !narrow.matches);
  narrow.addEventListener('change', () => {
    if (!narrow.matches && workspace.dataset.tool !== 'head') choose('hairline');
  });
  return { choose };
}
