// Served as the first script of the page during journeys, and never part of what is shipped.
// It watches from before the page's own first line: what is logged, what fails, what the worker
// is told, and which files the page hands out. It changes only one thing: a download is noted
// instead of being written to disk. And where the page's address asks for it, the browser is made an
// older one.
(() => {
  'use strict';
  const watch = {
    /** Lines of the console and uncaught failures, as `level: text`. */
    log: [],
    /** The last document the worker was told. */
    document: '',
    /** Every worker that was ever spoken to, oldest first. */
    workers: [],
    /** Replies that are still owed, per worker. */
    owed: new Map(),
    /** When a worker was last spoken to or last answered. */
    lastTraffic: 0,
    /** Blobs given an address, oldest first. */
    blobs: [],
    /** Treated frames shown while something was pressed: their pixels, and how far, in px, the
     * pressed thing then was from what pressed it. */
    live: [],
    /** Whether `live` is kept. A bench says no: reading pixels back takes longer than drawing them. */
    watchesLive: true,
    /** What pointers did, oldest first: told only when a journey fails. */
    pointers: [],
    /** Names under which files were offered for saving. */
    downloads: [],
    /** What the worker answered about frames, oldest first: `superseded`, or the part that came. */
    answers: [],
    /** How far exports were said to have come. */
    progress: [],
  };
  window.journey = watch;

  const asked = new URLSearchParams(location.search);
  // Only the page is deceived: the worker does as the page tells it.
  if (asked.has('without-simd')) WebAssembly.validate = () => false;
  if (asked.has('without-wasm')) delete window.WebAssembly;
  if (asked.has('engine-fails-once')) {
    const start = WebAssembly.instantiateStreaming;
    let failures = 1;
    WebAssembly.instantiateStreaming = (...given) =>
      failures-- > 0 ? Promise.reject(new WebAssembly.RuntimeError('once')) : start(...given);
  }

  const text = (value) => {
    if (value instanceof Error) return `${value.name}: ${value.message}\n${value.stack ?? ''}`;
    if (typeof value === 'string') return value;
    try { return JSON.stringify(value); } catch { return String(value); }
  };
  for (const level of ['error', 'warn', 'info', 'log', 'debug']) {
    const original = console[level];
    console[level] = (...values) => {
      watch.log.push(`${level}: ${values.map(text).join(' ')}`);
      original.apply(console, values);
    };
  }
  addEventListener('error', (event) => {
    const target = event.target;
    if (target instanceof Element) watch.log.push(`error: could not load ${target.outerHTML}`);
    else watch.log.push(`error: uncaught ${event.message} at ${event.filename}:${event.lineno}`);
  }, true);
  addEventListener('unhandledrejection', (event) => {
    watch.log.push(`error: unhandled rejection ${text(event.reason)}`);
  });
  addEventListener('securitypolicyviolation', (event) => {
    watch.log.push(`error: policy ${event.effectiveDirective} blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
  });

  /** What holds the page at the moment, and where: null while nothing is pressed. */
  let pressed = null;
  const middle = (element) => {
    const box = element.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  };
  for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'gotpointercapture', 'lostpointercapture']) {
    addEventListener(type, (event) => {
      const { target, clientX: x, clientY: y } = event;
      const name = target instanceof Element ? `${target.localName}#${target.id || target.dataset?.handle || ''}` : 'window';
      watch.pointers.push(`${Math.round(performance.now())} ${type} ${event.pointerType} ${event.pointerId} at ${x},${y} on ${name}`);
      if (watch.pointers.length > 200) watch.pointers.shift();
      if (type === 'pointerdown') pressed = { target, x, y };
      else if (type === 'pointermove' && pressed) Object.assign(pressed, { x, y });
      else if (type === 'pointerup' || type === 'pointercancel') pressed = null;
    }, true);
  }
  new MutationObserver(() => {
    if (!pressed || !watch.watchesLive) return;
    const held = middle(pressed.target);
    watch.live.push({ pixels: watch.pixels('#view canvas.after'), gap: Math.hypot(held.x - pressed.x, held.y - pressed.y) });
  }).observe(document.documentElement, { attributeFilter: ['data-frame'] });

  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function postMessage(message, ...rest) {
    if (!watch.owed.has(this)) {
      watch.workers.push(this);
      watch.owed.set(this, new Set());
      this.addEventListener('message', (event) => {
        watch.lastTraffic = performance.now();
        const { id, ok, superseded, rect, progress } = event.data ?? {};
        // Everything else only says how a request is getting on.
        if (ok !== undefined || superseded) watch.owed.get(this).delete(id);
        if (superseded) watch.answers.push('superseded');
        if (rect) watch.answers.push(rect);
        if (progress !== undefined) watch.progress.push(progress);
      });
    }
    watch.lastTraffic = performance.now();
    if (message && typeof message === 'object') {
      if ('id' in message && 'op' in message) watch.owed.get(this).add(message.id);
      for (const value of Object.values(message)) {
        if (typeof value === 'string' && value.startsWith('{')) watch.document = value;
      }
    }
    return post.call(this, message, ...rest);
  };
  const terminate = Worker.prototype.terminate;
  Worker.prototype.terminate = function () {
    watch.owed.get(this)?.clear();
    terminate.call(this);
  };
  /** Stops the newest worker without the page being told. */
  watch.silence = () => terminate.call(watch.workers.at(-1));

  const address = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    watch.blobs.push(blob);
    return address.call(URL, blob);
  };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    if (this.hasAttribute('download')) watch.downloads.push(this.download);
    else click.call(this);
  };
  addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[download]');
    if (!link) return;
    event.preventDefault();
    watch.downloads.push(link.download);
  }, true);

  /** True once no reply is owed, none came for a moment, and nothing is moving. */
  watch.settled = () => {
    for (const ids of watch.owed.values()) if (ids.size > 0) return false;
    return performance.now() - watch.lastTraffic > 200;
  };

  /** What a canvas holds, whatever kind of context it has; null while it holds nothing. */
  const content = (selector) => {
    const canvas = document.querySelector(selector);
    if (!canvas || canvas.width === 0 || canvas.height === 0) return null;
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    return context.getImageData(0, 0, copy.width, copy.height);
  };

  /** Size and a hash (FNV-1a over words) of what a canvas holds. */
  watch.pixels = (selector) => {
    const image = content(selector);
    if (!image) return 'no canvas';
    let hash = 0x811c9dc5;
    for (const word of new Uint32Array(image.data.buffer)) hash = Math.imul(hash ^ word, 0x01000193);
    return `${image.width}x${image.height}:${(hash >>> 0).toString(16)}`;
  };

  /** The mean of a canvas's colour channels. */
  watch.light = (selector) => {
    const image = content(selector);
    if (!image) return NaN;
    let sum = 0;
    for (let i = 0; i < image.data.length; i += 4) sum += image.data[i] + image.data[i + 1] + image.data[i + 2];
    return sum / (image.data.length / 4) / 3;
  };
})();
