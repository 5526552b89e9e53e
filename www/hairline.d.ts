/**
 * The engine's JavaScript face, as `src/web.rs` exports it. The build puts `hairline.js` beside
 * `index.html`; this file lets the modules be checked without a build.
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
  undo(): boolean;
  redo(): boolean;
  canUndo(): boolean;
  canRedo(): boolean;
  readout(): Readout;
  free(): void;
}

/** The photo and every cache; lives in the worker. */
export class Renderer {
  constructor();
  loadFollicles(bytes: Uint8Array): void;
  openPhoto(bytes: Uint8Array): { width: number; height: number };
  closePhoto(): void;
  setDocument(json: string): void;
  frame(x: number, y: number, scale: number, width: number, height: number, treated: boolean): Uint8ClampedArray;
  dotCount(): number;
  exportPicture(format: 'jpeg' | 'png'): Uint8Array;
  free(): void;
}

/** Loads the wasm that lies beside the module. */
export default function init(): Promise<unknown>;
