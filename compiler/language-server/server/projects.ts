import { realpath } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { findConfigFile } from "../../config/load-config.js";
import { DiskProject } from "./disk-project.js";
import { filePathOf } from "./file-uris.js";
import type { Home, OpenText } from "./home.js";
import { LoneDocument } from "./lone-document.js";

/** A document with where it belongs. */
export interface Placement {
  readonly home: DiskProject | LoneDocument;
  readonly path: string;
}

/** Surrounds the reading of a project, which may take long. */
export type WhileReading = (root: string, read: () => Promise<void>) => Promise<void>;

/**
 * The projects of all open files and folders, and which of them each open file belongs to: the one of the nearest
 * hetu.json above it, if that lists the file; else one that does list it, from elsewhere; else it stands alone. Its
 * methods must not overlap, but for {@link placement}.
 */
export class Projects {
  readonly #byRoot = new Map<string, DiskProject>();
  readonly #folders = new Set<string>();
  readonly #documents = new Map<string, OpenText>();
  readonly #placements = new Map<string, Placement>();
  readonly #whileReading: WhileReading;

  constructor(whileReading: WhileReading) {
    this.#whileReading = whileReading;
  }

  /** Those on disk. */
  get onDisk(): readonly DiskProject[] {
    return [...this.#byRoot.values()];
  }

  /** Folders that are open in the editor, absolute. */
  get folders(): ReadonlySet<string> {
    return this.#folders;
  }

  /** Every project, and every document that stands alone. */
  homes(): ReadonlySet<Home> {
    return new Set<Home>([...this.#byRoot.values(), ...[...this.#placements.values()].map(({ home }) => home)]);
  }

  /** Where an open document belongs, if that is known already. */
  placement(uri: string): Placement | undefined {
    return this.#placements.get(uri);
  }

  /** Opens and closes folders; the project right in one is read without an open file. */
  async changeFolders(added: readonly string[], removed: readonly string[]): Promise<void> {
    for (const folder of removed) this.#folders.delete(folder);
    for (const folder of added) this.#folders.add(folder);
    await this.#placeAll();
  }

  async open(text: OpenText): Promise<void> {
    this.#documents.set(text.uri, text);
    await this.#place(text);
  }

  /** Takes over what the editor typed; at once. */
  edited(text: OpenText): void {
    const placement = this.#placements.get(text.uri);
    if (placement?.home instanceof DiskProject) placement.home.edited(placement.path);
    else placement?.home.edited(text);
  }

  async close(uri: string): Promise<void> {
    const placement = this.#placements.get(uri);
    this.#documents.delete(uri);
    this.#placements.delete(uri);
    if (placement?.home instanceof DiskProject) await placement.home.close(placement.path);
    this.#dropUnused();
  }

  /** Files changed on disk. @param named their paths, absolute; empty when it is not known which. */
  async changedOnDisk(named: ReadonlySet<string>): Promise<void> {
    for (const project of this.#byRoot.values()) await this.#scan(project, named);
    await this.#placeAll();
  }

  async #placeAll(): Promise<void> {
    for (const [root, project] of this.#byRoot) {
      const configFile = await findConfigFile(root);
      const isDefault = configFile === undefined || dirname(configFile) !== root;
      if ((isDefault ? undefined : configFile) !== project.configFile) this.#byRoot.delete(root);
    }
    for (const folder of this.#folders) {
      const configFile = await findConfigFile(folder);
      if (configFile !== undefined && dirname(configFile) === folder) await this.#project(folder, configFile);
    }
    for (const text of this.#documents.values()) await this.#place(text);
    this.#dropUnused();
  }

  async #place(text: OpenText): Promise<void> {
    const before = this.#placements.get(text.uri);
    const now = await this.#find(text);
    if (before?.home === now.home && before.path === now.path) return;
    if (before?.home instanceof DiskProject) await before.home.close(before.path);
    this.#placements.set(text.uri, now);
    if (now.home instanceof DiskProject) now.home.open(now.path, text);
    else now.home.edited(text);
  }

  async #find(text: OpenText): Promise<Placement> {
    const file = filePathOf(text.uri);
    if (file === undefined) return this.#alone(text, undefined);
    const nearest = await this.#nearest(file);
    const inNearest = nearest?.pathOf(file);
    if (nearest !== undefined && inNearest !== undefined) return { home: nearest, path: inNearest };
    const real = await realpath(file).catch(() => file);
    for (const home of this.#byRoot.values()) {
      const path = home.pathOf(file) ?? (await home.pathOfLinked(real));
      if (path !== undefined) return { home, path };
    }
    return this.#alone(text, nearest?.configFile);
  }

  #alone(text: OpenText, outsideOf: string | undefined): Placement {
    const before = this.#placements.get(text.uri)?.home;
    const isSame = before instanceof LoneDocument && before.outsideOf === outsideOf;
    const home = isSame ? before : new LoneDocument(text, outsideOf);
    return { home, path: home.path };
  }

  /** The project of the nearest hetu.json; without one, of the innermost open folder. */
  async #nearest(file: string): Promise<DiskProject | undefined> {
    const configFile = await findConfigFile(dirname(file));
    if (configFile !== undefined) return this.#project(dirname(configFile), configFile);
    const folder = [...this.#folders].filter((each) => isWithin(file, each)).sort((a, b) => b.length - a.length)[0];
    return folder === undefined ? undefined : this.#project(folder, undefined);
  }

  async #project(root: string, configFile: string | undefined): Promise<DiskProject> {
    const known = this.#byRoot.get(root);
    if (known !== undefined && known.configFile === configFile) return known;
    const project = new DiskProject(root, configFile);
    this.#byRoot.set(root, project);
    await this.#scan(project, new Set());
    return project;
  }

  async #scan(project: DiskProject, named: ReadonlySet<string>): Promise<void> {
    await this.#whileReading(project.root, () => project.scan(named));
  }

  /** Forgets projects without an open file that are in no open folder. */
  #dropUnused(): void {
    for (const [root, project] of this.#byRoot) {
      const isShown = [...this.#folders].some((folder) => root === folder || isWithin(root, folder));
      if (!project.isOpen && !isShown) this.#byRoot.delete(root);
    }
  }
}

/** Whether a path lies below a folder; both absolute. */
export function isWithin(path: string, folder: string): boolean {
  const end = folder.at(-1);
  return path.startsWith(end === "/" || end === "\\" ? folder : folder + sep);
}
