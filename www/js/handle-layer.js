// @ts-check
/** `<handle-layer>`: the line and its points over the photo. It moves at once; frames follow. */
import { number, t } from './i18n.js';

/** @typedef {import('./editing.js').Editing} Editing */
/** @typedef {import('./photo-view.js').PhotoView} PhotoView */
/** @typedef {import('../hairline.js').Handle} Handle */
/** @typedef {import('../hairline.js').HandleGroup} HandleGroup */

/** Where a point of the line stands among `count` of them, from the subject's right to the left: 0 in the middle. @param {string} id @param {number} count */
const fromMiddle = (id, count) => Number(id.split('-')[1]) - (count - 1) / 2;
/** An arrow key moves a point by this much, with Shift by the other, mm. */
const STEP_MM = 0.5;
const LARGE_STEP_MM = 5;
/** CSS px that a press may wander without being a drag. */
const SLACK = 3;

const SVG = 'http://www.w3.org/2000/svg';

/** @param {Handle} handle @param {number} count of the line's points */
function nameOf(handle, count) {
  if (handle.group === 'head') return t(`handle.${handle.id}`);
  const at = fromMiddle(handle.id, count);
  if (at === 0) return t('handle.midpoint');
  const out = (count - 1) / 2 - Math.abs(at);
  const part = out === 0 ? 'end' : out === 1 ? 'corner' : 'inner';
  return t(`handle.${part}.${at < 0 ? 'right' : 'left'}`);
}

export class HandleLayer extends HTMLElement {
  /** @type {Editing | undefined} */ #editing;
  /** @type {PhotoView | undefined} */ #view;
  /** @type {HandleGroup} */ #group = 'hairline';
  /** @type {Map<string, HTMLButtonElement>} */ #buttons = new Map();
  /** @type {Handle[]} */ #handles = [];
  #lines = [document.createElementNS(SVG, 'path'), document.createElementNS(SVG, 'path')];
  #label = document.createElement('output');
  /** Id of the point whose value is shown. */
  #labelled = '';

  /** @param {Editing} editing @param {PhotoView} view */
  attach(editing, view) {
    this.#editing = editing;
    this.#view = view;
    const drawing = document.createElementNS(SVG, 'svg');
    drawing.setAttribute('aria-hidden', 'true');
    this.#lines[0]?.setAttribute('class', 'line-under');
    this.#lines[1]?.setAttribute('class', 'line-over');
    drawing.append(...this.#lines);
    this.#label.className = 'handle-label';
    // Focus speaks the point's own name, which holds the value.
    this.#label.setAttribute('aria-hidden', 'true');
    this.#label.hidden = true;
    this.append(drawing, this.#label);
    editing.addEventListener('change', () => this.#readPlan());
    view.addEventListener('viewchange', () => this.#place());
  }

  /** @param {HandleGroup | null} group null hides the line too */
  show(group) {
    this.toggleAttribute('data-hidden', group === null);
    if (group) this.#group = group;
    this.dataset.group = this.#group;
    this.#readPlan();
  }

  #readPlan() {
    const editing = this.#editing;
    if (!editing?.plan()) return;
    this.#handles = editing.handles(this.#group);
    const path = editing.path(this.#group);
    let d = '';
    for (let i = 0; i + 1 < path.length; i += 2) d += `${i ? 'L' : 'M'}${path[i]?.toFixed(2)} ${path[i + 1]?.toFixed(2)}`;
    if (this.#group === 'head') d += 'Z';
    for (const line of this.#lines) line.setAttribute('d', d);

    const ids = new Set(this.#handles.map((h) => h.id));
    // Another number of points is another order of them.
    const another = ids.size !== this.#buttons.size;
    for (const [id, button] of this.#buttons) {
      if (ids.has(id) && !another) continue;
      button.remove();
      this.#buttons.delete(id);
    }
    const count = this.#handles.length;
    // Reached by Tab from the midline outwards, the subject's right first.
    const order = (/** @type {Handle} */ h) => (h.group === 'head' ? 0 : Math.abs(fromMiddle(h.id, count)));
    const inOrder = [...this.#handles].sort((a, b) => order(a) - order(b));
    for (const handle of inOrder) {
      let button = this.#buttons.get(handle.id);
      if (!button) {
        button = this.#make(handle.id);
        this.#buttons.set(handle.id, button);
        this.append(button);
      }
      const name = nameOf(handle, count);
      const spoken =
        handle.group === 'head'
          ? name
          : t('handle.spoken', { name, across: number(Math.abs(handle.acrossMm)), above: number(handle.aboveMm) });
      button.setAttribute('aria-label', spoken);
    }
    this.#place();
  }

  #place() {
    const viewport = this.#view?.viewport;
    if (!viewport) return;
    const { left, top, zoom } = viewport;
    for (const line of this.#lines) line.setAttribute('transform', `translate(${left} ${top}) scale(${zoom})`);
    for (const handle of this.#handles) {
      const at = viewport.toView(handle.x, handle.y);
      const button = this.#buttons.get(handle.id);
      if (button) button.style.transform = `translate(${at.x.toFixed(2)}px, ${at.y.toFixed(2)}px)`;
      if (handle.id === this.#labelled) this.#placeLabel(handle, at);
    }
  }

  /** @param {Handle} handle @param {{x: number, y: number}} at */
  #placeLabel(handle, at) {
    const above = number(handle.aboveMm);
    const across = number(Math.abs(handle.acrossMm));
    if (handle.group === 'head') this.#label.textContent = t('unit.mm', { value: number(this.#editing?.settings().headBreadth ?? 0) });
    else this.#label.textContent = fromMiddle(handle.id, this.#handles.length) === 0 ? t('handle.valueMid', { above }) : t('handle.value', { above, across });
    const half = this.#label.offsetWidth / 2;
    const width = this.#view?.viewport.width ?? 0;
    const x = Math.min(width - half - 8, Math.max(half + 8, at.x)) - half;
    // Above the finger, or below it at the very top.
    const y = at.y > 64 ? at.y - 56 : at.y + 32;
    this.#label.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }

  /** @param {string} id of the point whose value is shown; none hides it */
  #showLabel(id) {
    this.#labelled = id;
    this.#label.hidden = id === '' || this.#group === 'head';
    this.#place();
  }

  /** @param {string} id */
  #make(id) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'handle';
    button.dataset.handle = id;
    this.#listenToPointer(button, id);
    this.#listenToKeys(button, id);
    return button;
  }

  /** @param {HTMLButtonElement} button @param {string} id */
  #listenToPointer(button, id) {
    /** @type {{pointer: number, startX: number, startY: number, grabX: number, grabY: number, moving: boolean} | null} */
    let drag = null;

    button.addEventListener('pointerdown', (e) => {
      const handle = this.#handles.find((h) => h.id === id);
      if (drag || e.button !== 0 || !handle || !this.#view) return;
      e.stopPropagation();
      button.setPointerCapture(e.pointerId);
      const at = this.#photoPoint(e);
      drag = { pointer: e.pointerId, startX: e.clientX, startY: e.clientY, grabX: handle.x - at.x, grabY: handle.y - at.y, moving: false };
    });

    button.addEventListener('pointermove', (e) => {
      if (!drag || e.pointerId !== drag.pointer) return;
      if (!drag.moving) {
        if (Math.hypot(e.clientX - drag.startX, e.clientY - drag.startY) < SLACK) return;
        drag.moving = true;
        button.dataset.active = '';
        this.#editing?.begin();
        this.dispatchEvent(new Event('dragstart'));
        this.#showLabel(id);
      }
      // A point needs only the newest place; the coalesced ones matter to strokes.
      const at = this.#photoPoint(e.getCoalescedEvents?.().at(-1) ?? e);
      this.#editing?.moveHandle(id, at.x + drag.grabX, at.y + drag.grabY);
    });

    const end = (/** @type {boolean} */ keep) => {
      if (!drag) return;
      const { moving } = drag;
      drag = null;
      delete button.dataset.active;
      this.#showLabel('');
      if (!moving) return;
      if (keep) this.#editing?.commit();
      else this.#editing?.cancel();
    };
    button.addEventListener('pointerup', (e) => {
      if (e.pointerId === drag?.pointer) end(true);
    });
    button.addEventListener('pointercancel', (e) => {
      if (e.pointerId === drag?.pointer) end(false);
    });
    button.addEventListener('keydown', (e) => {
      if (e.key === 'Escape' && drag) end(false);
    });
  }

  /** @param {HTMLButtonElement} button @param {string} id */
  #listenToKeys(button, id) {
    button.addEventListener('keydown', (e) => {
      /** @type {Record<string, [number, number]>} */
      const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
      const way = arrows[e.key];
      if (!way || e.ctrlKey || e.metaKey || e.altKey) return;
      e.preventDefault();
      const step = e.shiftKey ? LARGE_STEP_MM : STEP_MM;
      this.dispatchEvent(new Event('dragstart'));
      this.#editing?.nudgeHandle(id, way[0] * step, way[1] * step);
      this.#showLabel(id);
    });
    button.addEventListener('blur', () => {
      if (this.#labelled === id) this.#showLabel('');
    });
  }

  /** @param {PointerEvent} e */
  #photoPoint(e) {
    const view = this.#view;
    if (!view) return { x: 0, y: 0 };
    const box = view.getBoundingClientRect();
    return view.viewport.toPhoto(e.clientX - box.left, e.clientY - box.top);
  }
}

customElements.define('handle-layer', HandleLayer);
