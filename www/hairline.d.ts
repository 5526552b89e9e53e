/**
 * The engine's JavaScript face, as `src/web.rs` exports it. The build puts `hairline.js` beside
 * `index.html`, and one that looks the same, but has no SIMD, into `plain/`; `js/engine.js` picks. This
 * file lets the modules be checked without a build.
 */

/** Thrown by every fallible call; `code` is stable, `message` is an English sentence. */
export interface EngineError extends Error {
  code: string;
}

export type HandleGroup = 'hairline' | 'head';

/** A point that can be dragged, in upright photo pixels, with its place on the skin. */
export interface Handle {
  id: string;
  group: HandleGroup;
  x: number;
  y: number;
  /** Signed distance from the midline, mm; the subject's left is positive. */
  acrossMm: number;
  /** Distance above the brow along the skin, mm. */
  aboveMm: number;
}

export interface Settings {
  density: number;
  softness: number;
  shade: number;
  symmetric: boolean;
  /** 0 where nobody has told one. */
  pupilDistance: number;
  headBreadth: number;
  headRoll: number;
  headYaw: number;
  headPitch: number;
  dotDiameter: number;
  strength: number;
}

export interface SettingRange {
  min: number;
  max: number;
  step: number;
  default: number;
  unit: string;
}

export interface Readout {
  midpointAboveBrowMm: number;
  uncertaintyMm: number;
  widthMm: number;
}

/** What was measured of the face. */
export interface Measured {
  /** Assumed and measured together, or as it was told, mm. */
  pupilDistanceMm: number;
  /** Whether somebody told it. */
  given: boolean;
  /** Standard error of lengths, as a share. */
  uncertainty: number;
}

/** Around a face, photo px. */
export interface FaceBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What a photo says of the head in it. */
export interface Findings {
  /** The plan to begin with. */
  json: string;
  /** The largest first. */
  faces: FaceBox[];
  /** Which of them the plan is for; -1 without a face. */
  chosen: number;
  /** Whether faces far away were looked for too. */
  far: boolean;
  /** What would make the photo better, the most important first. */
  advice: { code: string }[];
}

/** The document and its history; holds no pixels. */
export class Studio {
  constructor();
  newDocument(photoWidth: number, photoHeight: number): void;
  loadDocument(json: string): void;
  documentJson(): string;
  revision(): number;
  handles(): Handle[];
  hairlinePath(): Float32Array;
  headPath(): Float32Array;
  begin(): void;
  commit(): void;
  cancel(): void;
  moveHandle(id: string, x: number, y: number): void;
  nudgeHandle(id: string, rightMm: number, upMm: number): void;
  settings(): Settings;
  setSetting(name: string, value: number | boolean): void;
  ranges(): Record<string, SettingRange>;
  resetHairline(): void;
  /** Name of the style that the line is suggested by. */
  style(): string;
  chooseStyle(name: string): void;
  /** Mm along the skin above the glabella, as somebody has measured it. */
  tellHeight(mm: number): void;
  undo(): boolean;
  redo(): boolean;
  canUndo(): boolean;
  canRedo(): boolean;
  readout(): Readout;
  /** Undefined for a head that was placed by hand. */
  measured(): Measured | null;
  free(): void;
}

/** A part of a treated view, to be put at (left, top). */
export class FrameUpdate {
  private constructor();
  /** To be handed in as the next `base`. */
  readonly serial: number;
  readonly left: number;
  readonly top: number;
  /** 0 when nothing has changed. */
  readonly width: number;
  readonly height: number;
  /** RGBA of the part; a second time there are none. */
  takePixels(): Uint8ClampedArray;
  free(): void;
}

/** The photo and every cache; lives in the worker. */
export class Renderer {
  constructor();
  loadFollicles(bytes: Uint8Array): void;
  /** Forgets document and moment of the photo before. */
  openPhoto(bytes: Uint8Array): { width: number; height: number };
  closePhoto(): void;
  setDocument(json: string): void;
  /** Session 1–3, days since that session 0–28 (28 is healed), years since it healed 0–6. */
  setMoment(session: number, days: number, years: number): void;
  /** One bounded piece of the work before there are dots; true when none is left. */
  advance(): boolean;
  before(x: number, y: number, scale: number, width: number, height: number): Uint8ClampedArray;
  /** What has changed since the update `base`, if that was the latest and of this view; otherwise all of it. */
  frame(x: number, y: number, scale: number, width: number, height: number, base: number): FrameUpdate;
  dotCount(): number;
  /** `detector`, `mesh`, `person` or `far`. */
  loadModel(name: string, bytes: Uint8Array): void;
  /** Begins to look at the open photo; `face`: which of its faces, the largest is 0. */
  beginMeasuring(face: number): void;
  /** One bounded piece: the name of the stage it belongs to, or what was found. */
  advanceMeasuring(): string | Findings;
  cancelMeasuring(): void;
  /** Starts a file; another document, moment or photo gives it up. */
  beginExport(format: 'jpeg' | 'png'): void;
  /** One bounded piece: the share that is done, 0–1, or the file. */
  advanceExport(): number | Uint8Array;
  cancelExport(): void;
  /** For measuring: selects the dots once more. */
  benchSelect(): number;
  /** For measuring: draws the view once more. */
  benchFrame(x: number, y: number, scale: number, width: number, height: number): number;
  free(): void;
}

/** Loads the wasm that lies beside the module. */
export default function init(): Promise<unknown>;
