// @ts-check
/** The page: which screen is shown, and what each event leads to. */
import { convertByBrowser } from './browser-decode.js';
import { closeAdvice, showAdvice } from './advice.js';
import { startCamera } from './camera.js';
import { CompareBar } from './compare-bar.js';
import { startConsent } from './consent.js';
import { startControls } from './controls.js';
import { Editing } from './editing.js';
import { byId, inside } from './element.js';
import { fetchFullEarly, firstBuild, isFull, loadEngine } from './engine.js';
import { FacesLayer } from './faces-layer.js';
import { Failure } from './failure.js';
import { FrameQueue, PLAIN_PHOTO } from './frame-queue.js';
import { HandleLayer } from './handle-layer.js';
import { startHeadPanel } from './head-panel.js';
import { HeroCompare } from './hero-compare.js';
import { loadStrings, translateDocument } from './i18n.js';
import { startIntake } from './intake.js';
import { Measuring } from './measuring.js';
import { Moment } from './moment.js';
import { closeNotice, showNotice } from './notice.js';
import { PhotoView } from './photo-view.js';
import { showProgress } from './progress.js';
import { RendererClient } from './renderer-client.js';
import { drawSamples, fetchSamplePhoto, fetchSamples } from './samples.js';
import { startSaveDialog } from './save-dialog.js';
import { startShortcuts } from './shortcuts.js';
import { startTheme } from './theme.js';
import { startTimePanel } from './time-panel.js';
import { startTools } from './tools.js';
import { startZoomBar } from './zoom-bar.js';

/** @typedef {import('./samples.js').Sample} Sample */

const root = document.documentElement;
startTheme();
await loadStrings();
translateDocument();

/** Fetched once; every worker gets a copy. @type {Promise<ArrayBuffer> | undefined} */
let follicleBytes;
const renderer = new RendererClient(() => {
  follicleBytes ??= fetch(new URL('../assets/follicles.bin', import.meta.url)).then((answer) => {
    if (!answer.ok) throw new Failure('follicles-missing');
    return answer.arrayBuffer();
  });
  return follicleBytes;
});

/** @param {'welcome' | 'working' | 'ready' | 'error'} state */
function setState(state) {
  root.dataset.state = state;
}
const atWork = () => root.dataset.screen === 'work';

const view = byId('view', PhotoView);
const compare = inside(view, 'compare-bar', CompareBar);
const handles = inside(view, 'handle-layer', HandleLayer);
const faces = inside(view, 'faces-layer', FacesLayer);
const hero = inside(document, 'hero-compare', HeroCompare);

/** @param {unknown} thrown */
function endWithoutEngine(thrown) {
  console.error(thrown);
  setState('error');
  showNotice(new Failure('engine-missing'));
}

/**
 * The engine of the page's own thread. A browser may fail it at the first call (WebKit has been seen to,
 * once in some hundred starts); a new instance then works.
 * @param {import('./engine.js').Build} build
 */
async function startEngine(build) {
  const begin = async (/** @type {boolean} */ anew) => {
    const engine = await loadEngine(build, anew);
    return { engine, studio: new engine.Studio() };
  };
  return begin(false).catch(() => begin(true));
}

async function start() {
  const build = firstBuild();
  const { engine, studio } = await startEngine(build);
  const { Studio } = engine;
  const editing = new Editing(studio);
  const tools = startTools(handles);
  handles.attach(editing, view);
  startZoomBar(view);

  let frames = 0;
  /** Told when the first treated frame of a new photo is on screen. @type {(() => void) | null} */
  let firstFrame = null;
  const moment = new Moment();
  /** Everything that decides what the picture looks like; null while there is no plan. */
  const shown = () => {
    const plan = editing.plan();
    return plan === null ? null : { json: plan, moment: moment.value };
  };
  const consent = startConsent();
  const measuring = new Measuring(renderer);
  const queue = new FrameQueue(renderer, {
    view: () => (atWork() ? view.viewport.frameRequest() : null),
    shown: () => shown() ?? { json: PLAIN_PHOTO, moment: moment.value },
    drawBefore: (request, pixels) => view.drawBefore(request, pixels),
    drawAfter(request, treated) {
      // It has waited for the photo alone.
      if (!editing.plan()) return;
      view.drawAfter(request, treated);
      controls.showDots(treated.dots);
      root.dataset.dots = String(treated.dots);
      root.dataset.frame = String(++frames);
      firstFrame?.();
    },
    fail: showNotice,
  });
  const controls = startControls(editing);
  editing.addEventListener('change', () => {
    const line = editing.handles('hairline');
    view.subject = line[(line.length - 1) / 2] ?? null;
    queue.ask();
  });
  view.addEventListener('viewchange', () => queue.ask());
  moment.addEventListener('change', () => {
    root.dataset.moment = moment.value.join('/');
    queue.ask();
  });
  startTimePanel(moment);
  handles.addEventListener('dragstart', () => compare.makeWay());

  /**
   * What the photo says of the head in it; null where it is placed by hand.
   * @param {number} [face]
   */
  async function look(face = 0) {
    if ((await consent.choice()) !== 'measure') return null;
    try {
      return await measuring.measure(face);
    } catch (thrown) {
      // Placing the head by hand is always possible.
      if (Failure.from(thrown).code !== 'cancelled') showNotice(thrown);
      return null;
    }
  }

  /** @param {import('../hairline.js').Findings} found */
  function present(found) {
    editing.open(found.json);
    faces.show(found.faces, found.chosen);
    showAdvice(found.advice);
  }

  /** Measures the photo that is open, once more or for the first time. @param {number} [face] */
  async function measureAgain(face) {
    consent.agree();
    const found = await look(face);
    showProgress(null);
    // Another photo may have come in the meantime.
    if (!found || !atWork()) return;
    present(found);
    tools.choose(found.faces.length ? 'hairline' : 'head');
  }
  faces.attach(view, (face) => void measureAgain(face));
  startHeadPanel(editing, () => void measureAgain());

  /**
   * Opens a photo in place of the one that is open; on failure that one stays as it was.
   * @param {Blob} photo
   * @param {Sample | null} sample
   */
  async function openPhoto(photo, sample) {
    closeNotice();
    setState('working');
    showProgress('working.opening');
    try {
      renderer.needFull();
      const size = await renderer.open(photo).catch(async (thrown) => {
        const convertible = ['heic', 'webp'].includes(Failure.from(thrown).code) || /avif|bmp|gif|tiff/.test(photo.type);
        if (!convertible) throw thrown;
        showProgress('working.converting');
        const converted = await convertByBrowser(photo);
        if (!converted) throw thrown;
        return renderer.open(converted);
      });
      showProgress(null);
      measuring.cancel();
      editing.stop();
      root.dataset.screen = 'work';
      compare.reset();
      closeAdvice();
      faces.show([], -1);
      queue.forget();
      moment.reset();
      view.setPhoto(size.width, size.height);
      // The photo is there while it is looked at.
      queue.ask();
      const found = sample ? null : await look();
      const drawn = new Promise((resolve) => {
        firstFrame = () => resolve(undefined);
      });
      showProgress('working.dots');
      if (found) present(found);
      else editing.start(size.width, size.height, sample?.head ?? null);
      tools.choose(sample || found?.faces.length ? 'hairline' : 'head');
      queue.ask();
      await drawn;
      firstFrame = null;
      setState('ready');
      // What had the focus is gone with its screen.
      if (document.activeElement === document.body) view.focus({ preventScroll: true });
    } catch (thrown) {
      setState(atWork() ? 'ready' : 'welcome');
      showNotice(thrown);
    } finally {
      showProgress(null);
    }
  }

  /** One photo after the other. @type {Promise<void>} */
  let opening = Promise.resolve();
  const open = (/** @type {Blob} */ photo, /** @type {Sample | null} */ sample = null) => {
    opening = opening.then(() => openPhoto(photo, sample));
    return opening;
  };

  renderer.start(build, isFull(engine));
  root.dataset.worker = String(renderer.ordinal);
  setState('welcome');
  startIntake((file) => void open(file));
  startCamera((photo) => void open(photo), showNotice);
  const saveDialog = startSaveDialog(async (format, options) => {
    const picture = shown();
    if (!picture) throw new Failure('no-photo');
    return renderer.exportPicture(picture, format, options);
  }, showNotice);

  function openSave() {
    editing.commit();
    saveDialog.open(moment.title);
  }

  byId('save', HTMLButtonElement).addEventListener('click', openSave);
  byId('start-over', HTMLButtonElement).addEventListener('click', () => {
    closeNotice();
    closeAdvice();
    measuring.cancel();
    editing.stop();
    queue.forget();
    // Fresh memory is the surest way to forget a photo.
    renderer.renew();
    root.dataset.worker = String(renderer.ordinal);
    root.dataset.screen = 'welcome';
    setState('welcome');
    byId('choose-photo', HTMLButtonElement).focus({ preventScroll: true });
  });
  startShortcuts({
    undo: () => editing.undo(),
    redo: () => editing.redo(),
    save: openSave,
    zoom: (key) => (key === '0' ? view.zoomFit() : key === '-' ? view.zoomOut() : view.zoomIn()),
  });

  renderer.addEventListener('replaced', () => {
    root.dataset.worker = String(renderer.ordinal);
    queue.forget();
    queue.ask();
  });
  renderer.addEventListener('gave-up', () => {
    setState('error');
    showNotice(new Failure('engine-gave-up'));
  });
  await showSamples(new Editing(new Studio()), open);
}

/**
 * The row of samples, and the first of them on the welcome screen.
 * @param {Editing} editing of the sample alone
 * @param {(photo: Blob, sample: Sample) => Promise<void>} open
 */
async function showSamples(editing, open) {
  const samples = await fetchSamples();
  drawSamples(byId('samples', HTMLElement), samples, (sample) => {
    showProgress('working.sample');
    fetchSamplePhoto(sample)
      .then((photo) => open(photo, sample))
      .catch(showNotice)
      .finally(() => showProgress(null));
  });

  const sample = samples[0];
  const request = sample && hero.request(sample);
  if (!sample || !request) return;
  // A person who is quicker has the renderer: then the picture stays away.
  const free = () => root.dataset.state === 'welcome';
  /** @param {Blob} photo @param {import('./renderer-client.js').Wish} wish */
  const show = async (photo, wish) => {
    if (free()) await renderer.open(photo);
    return free() ? renderer.frame(wish, (pixels) => hero.draw('before', request, pixels)) : null;
  };
  const photo = await fetchSamplePhoto(sample);
  const json = editing.planFor(sample.width, sample.height, sample.head);
  const wish = { ...request, json, moment: new Moment().value, canvas: 0 };
  const treated = await show(photo, wish).catch((thrown) => {
    if (Failure.from(thrown).code !== 'closed') throw thrown;
  });
  if (!treated) return;
  hero.draw('after', request, treated.pixels);
  hero.ready();
  if (!renderer.full) fetchFullEarly();
}

start().catch((thrown) => (renderer.ordinal === 0 ? endWithoutEngine(thrown) : console.warn(thrown)));
