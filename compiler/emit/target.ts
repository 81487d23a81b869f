import type { Model } from "../model/model.js";

/** One file of a target's output. */
export interface EmittedFile {
  /**
   * Relative to the target's output folder, with `/`. A target that is a single file, as `schema.json`, has that file
   * in place of the folder: its path is `.`.
   */
  readonly path: string;
  readonly content: string;
}

/**
 * One output of `hetuc build`. A target is a folder beside this file and one line in `registry.ts`. It turns the
 * model into files and touches no disk.
 */
export interface Target {
  /** As in `--target` and `hetu.json`. */
  readonly name: string;
  /** Other names that are taken for it. */
  readonly aliases?: readonly string[];
  /** One line for `--help`. */
  readonly summary: string;
  emit(model: Model): readonly EmittedFile[];
}
