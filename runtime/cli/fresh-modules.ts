import type { ResolveHook } from "node:module";

/** Names the version of the code in the URLs of its modules. */
export const VERSION_PARAMETER = "hetu-version";

/**
 * Makes the modules that a fresh copy of a JavaScript entry imports fresh, too: they get the version of whoever
 * imports them. Packages are shared by all versions.
 */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const resolved = await nextResolve(specifier, context);
  const parent = context.parentURL === undefined ? undefined : new URL(context.parentURL);
  const version = parent?.searchParams.get(VERSION_PARAMETER);
  if (version === null || version === undefined) return resolved;
  const url = new URL(resolved.url);
  const isOwn = url.protocol === "file:" && !url.pathname.includes("/node_modules/");
  if (!isOwn || !/^\.{0,2}\/|^file:/.test(specifier) || resolved.format !== "module") return resolved;
  url.searchParams.set(VERSION_PARAMETER, version);
  return { ...resolved, url: url.href };
};
