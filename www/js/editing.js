// @ts-check
/** The plan being made: gestures, settings, undo. Tells 'change' whenever it differs. */

/** @typedef {import('../hairline.js').Studio} Studio */
/** @typedef {import('../hairline.js').HandleGroup} HandleGroup */
/** @typedef {import('./samples.js').SampleHead} SampleHead */

/** How the plan names what `samples.json` says about a head. */
const planHead = (/** @type {SampleHead} */ head) => ({
  centre: head.centre,
  half_width: head.halfWidth,
  half_height: head.halfHeight,
  roll_degrees: head.rollDegrees,
  yaw_degrees: head.yawDegrees,
  pitch_degrees: head.pitchDegrees,
  breadth_mm: head.breadthMm,
});

export class Editing extends EventTarget {
  #studio;
  #gesture = false;
  #started = false;

  /** @param {Studio} studio */
  constructor(studio) {
    super();
    this.#studio = studio;
  }

  /**
   * A new plan for a photo of that size.
   * @param {number} width
   * @param {number} height
   * @param {SampleHead | null} head where the head is, if that is known
   */
  start(width, height, head) {
    this.#gesture = false;
    this.#load(width, height, head);
    this.#started = true;
    this.#tell();
  }

  /**
   * Begins with a plan that the renderer has made for this photo.
   * @param {string} json
   */
  open(json) {
    this.#gesture = false;
    this.#studio.loadDocument(json);
    this.#started = true;
    this.#tell();
  }

  /**
   * The plan that `start` would begin with, without starting; only while nothing is started.
   * @param {number} width
   * @param {number} height
   * @param {SampleHead} head
   */
  planFor(width, height, head) {
    this.#load(width, height, head);
    return this.#studio.documentJson();
  }

  /** @param {number} width @param {number} height @param {SampleHead | null} head */
  #load(width, height, head) {
    const studio = this.#studio;
    studio.newDocument(width, height);
    if (!head) return;
    const plan = JSON.parse(studio.documentJson());
    plan.head = { ...plan.head, ...planHead(head) };
    studio.loadDocument(JSON.stringify(plan));
    studio.resetHairline();
    // Loading once more leaves no step behind that could be undone.
    studio.loadDocument(studio.documentJson());
  }

  stop() {
    this.#started = false;
  }

  /** The plan as JSON; null before there is one. */
  plan() {
    return this.#started ? this.#studio.documentJson() : null;
  }

  /** @param {HandleGroup} group */
  handles(group) {
    return this.#studio.handles().filter((h) => h.group === group);
  }

  /** @param {HandleGroup} group @returns {Float32Array} x0, y0, x1, y1 … in photo px */
  path(group) {
    return group === 'head' ? this.#studio.headPath() : this.#studio.hairlinePath();
  }

  settings() {
    return this.#studio.settings();
  }

  ranges() {
    return this.#studio.ranges();
  }

  /** What was measured of the face; null for a head that was placed by hand. */
  measured() {
    return this.#started ? this.#studio.measured() : null;
  }

  readout() {
    return this.#studio.readout();
  }

  canUndo() {
    return this.#started && (this.#gesture || this.#studio.canUndo());
  }

  canRedo() {
    return this.#started && this.#studio.canRedo();
  }

  /** Everything until `commit` becomes one undo step. */
  begin() {
    this.commit();
    this.#studio.begin();
    this.#gesture = true;
  }

  commit() {
    if (!this.#gesture) return;
    this.#gesture = false;
    this.#studio.commit();
    this.#tell();
  }

  cancel() {
    if (!this.#gesture) return;
    this.#gesture = false;
    this.#studio.cancel();
    this.#tell();
  }

  /** @param {string} id @param {number} x @param {number} y in photo px */
  moveHandle(id, x, y) {
    this.#studio.moveHandle(id, x, y);
    this.#tell();
  }

  /** @param {string} id @param {number} rightMm @param {number} upMm in the picture's directions */
  nudgeHandle(id, rightMm, upMm) {
    this.commit();
    this.#studio.nudgeHandle(id, rightMm, upMm);
    this.#tell();
  }

  /**
   * A slider on its way; `commit` ends it.
   * @param {string} name
   * @param {number} value
   */
  slide(name, value) {
    if (!this.#gesture) this.begin();
    this.#studio.setSetting(name, value);
    this.#tell();
  }

  /** @param {string} name @param {number | boolean} value */
  set(name, value) {
    this.commit();
    this.#studio.setSetting(name, value);
    this.#tell();
  }

  style() {
    return this.#studio.style();
  }

  /** @param {string} name */
  chooseStyle(name) {
    this.commit();
    this.#studio.chooseStyle(name);
    this.#tell();
  }

  /** @param {number} mm of the middle of the line above the brow, as measured */
  tellHeight(mm) {
    this.commit();
    this.#studio.tellHeight(mm);
    this.#tell();
  }

  resetHairline() {
    this.commit();
    this.#studio.resetHairline();
    this.#tell();
  }

  undo() {
    this.commit();
    if (this.#started && this.#studio.undo()) this.#tell();
  }

  redo() {
    this.commit();
    if (this.#started && this.#studio.redo()) this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}
