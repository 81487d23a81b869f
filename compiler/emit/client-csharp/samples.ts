import type { EmittedFile } from "../target.js";

const SAMPLE = /^Samples~\/([^/]+)\//;

/**
 * The hand-written half without the samples that would not compile: one of `Samples~/Walking` is written for the
 * namespace `Walking`, and is of use to nobody else.
 * @param namespaces the last parts of the C# namespaces that are generated.
 */
export function withFittingSamples(files: readonly EmittedFile[], namespaces: ReadonlySet<string>): EmittedFile[] {
  const fits = (path: string): boolean => {
    const sample = SAMPLE.exec(path)?.[1];
    return sample === undefined || namespaces.has(sample);
  };
  return files
    .filter(({ path }) => fits(path))
    .map((file) => (file.path === "package.json" ? { ...file, content: withSamples(file.content, fits) } : file));
}

function withSamples(content: string, fits: (path: string) => boolean): string {
  const { samples, ...rest } = JSON.parse(content) as { readonly samples?: readonly { readonly path: string }[] };
  const fitting = (samples ?? []).filter(({ path }) => fits(`${path}/`));
  const manifest = fitting.length === 0 ? rest : { ...rest, samples: fitting };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
