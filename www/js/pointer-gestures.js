// @ts-check
/** Pan, pinch, double tap and wheel on the photo. */

/** Longest time between the taps of a double tap, ms, and their greatest distance, px. */
const DOUBLE_TAP = { time: 320, distance: 28 };

/**
 * @param {HTMLElement} surface
 * @param {{pan: (dx: number, dy: number) => void, zoomBy: (factor: number, x: number, y: number) => void, doubleTap: (x: number, y: number) => void}} actions positions in CSS px of the surface
 */
export function startPointerGestures(surface, actions) {
  /** @type {Map<number, {x: number, y: number}>} */
  const fingers = new Map();
  let moved = 0;
  let pinched = false;
  let lastTap = { time: -Infinity, x: 0, y: 0 };

  const place = (/** @type {PointerEvent | WheelEvent} */ e) => {
    const box = surface.getBoundingClientRect();
    return { x: e.clientX - box.left, y: e.clientY - box.top };
  };

  surface.addEventListener('pointerdown', (e) => {
    if (e.button !== 0 || e.defaultPrevented || e.target !== surface) return;
    surface.setPointerCapture(e.pointerId);
    fingers.set(e.pointerId, place(e));
    if (fingers.size === 1) {
      moved = 0;
      pinched = false;
    } else {
      pinched = true;
    }
  });

  surface.addEventListener('pointermove', (e) => {
    const old = fingers.get(e.pointerId);
    if (!old) return;
    const now = place(e);
    fingers.set(e.pointerId, now);
    const share = 1 / fingers.size;
    moved += Math.hypot(now.x - old.x, now.y - old.y);
    if (fingers.size === 2) {
      const other = [...fingers].find(([id]) => id !== e.pointerId)?.[1];
      if (other) {
        const before = Math.hypot(old.x - other.x, old.y - other.y);
        const after = Math.hypot(now.x - other.x, now.y - other.y);
        if (before > 1) actions.zoomBy(after / before, (now.x + other.x) / 2, (now.y + other.y) / 2);
      }
    }
    actions.pan((now.x - old.x) * share, (now.y - old.y) * share);
  });

  const lift = (/** @type {PointerEvent} */ e) => {
    if (!fingers.delete(e.pointerId) || e.type !== 'pointerup' || fingers.size > 0 || pinched || moved > 10) return;
    const at = place(e);
    const near = Math.hypot(at.x - lastTap.x, at.y - lastTap.y) < DOUBLE_TAP.distance;
    if (near && e.timeStamp - lastTap.time < DOUBLE_TAP.time) {
      lastTap.time = -Infinity;
      actions.doubleTap(at.x, at.y);
    } else {
      lastTap = { time: e.timeStamp, ...at };
    }
  };
  surface.addEventListener('pointerup', lift);
  surface.addEventListener('pointercancel', lift);

  surface.addEventListener(
    'wheel',
    (e) => {
      e.preventDefault();
      const { x, y } = place(e);
      // Lines and pages in px; a pinch on a trackpad comes as small steps with Ctrl.
      const step = e.deltaY * (e.deltaMode === 1 ? 24 : e.deltaMode === 2 ? 240 : 1);
      actions.zoomBy(Math.exp(-Math.max(-240, Math.min(240, step)) * (e.ctrlKey ? 0.01 : 0.002)), x, y);
    },
    { passive: false },
  );
}
