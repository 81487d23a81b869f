import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { loadProject } from "../../config/load-config.js";
import { OpenProject } from "./open-project.js";

/** The projects that open files belong to. */
export class OpenProjects {
  readonly #byRoot = new Map<string, Promise<OpenProject>>();
  readonly #isOpen: (uri: string) => boolean;

  /** @param isOpen whether a file is open in the editor, whose text is then the one that counts. */
  constructor(isOpen: (uri: string) => boolean) {
    this.#isOpen = isOpen;
  }

  /** @throws ConfigError when the project's hetu.json cannot be used. */
  async of(uri: string): Promise<OpenProject> {
    const project = await loadProject(dirname(fileURLToPath(uri)));
    const known = this.#byRoot.get(project.root);
    if (known !== undefined) return known;
    const opening = this.#read(new OpenProject(project));
    this.#byRoot.set(project.root, opening);
    return opening;
  }

  async #read(project: OpenProject): Promise<OpenProject> {
    await project.read(this.#isOpen);
    return project;
  }
}
