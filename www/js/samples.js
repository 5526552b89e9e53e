// @ts-check
/** The sample heads, listed in `samples/samples.json`. */
import { Failure } from './failure.js';
import { t } from './i18n.js';

/** @typedef {{centre: [number, number], halfWidth: number, halfHeight: number, rollDegrees: number, yawDegrees: number, pitchDegrees: number, breadthMm: number}} SampleHead */
/** @typedef {{name: string, label?: string, file: string, thumb: string, width: number, height: number, head: SampleHead}} Sample */

const folder = new URL('../samples/', import.meta.url);

/** @returns {Promise<Sample[]>} */
export async function fetchSamples() {
  const answer = await fetch(new URL('samples.json', folder));
  if (!answer.ok) throw new Failure('sample-missing');
  const list = await answer.json();
  return Array.isArray(list) ? list : list.samples;
}

/** @param {Sample} sample @returns {Promise<Blob>} */
export async function fetchSamplePhoto(sample) {
  try {
    const answer = await fetch(new URL(sample.file, folder));
    if (answer.ok) return await answer.blob();
  } catch {
    // Said below.
  }
  throw new Failure('sample-missing');
}

/**
 * Draws the row of thumbnails.
 * @param {HTMLElement} row
 * @param {Sample[]} samples
 * @param {(sample: Sample) => void} choose
 */
export function drawSamples(row, samples, choose) {
  row.replaceChildren(
    ...samples.map((sample) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'sample';
      button.dataset.sample = sample.name;
      button.setAttribute('aria-label', t('welcome.sample', { name: sample.label ?? sample.name.replaceAll('_', ' ') }));
      const picture = document.createElement('img');
      picture.src = new URL(sample.thumb, folder).href;
      picture.alt = '';
      picture.decoding = 'async';
      button.append(picture);
      button.addEventListener('click', () => choose(sample));
      return button;
    }),
  );
}
