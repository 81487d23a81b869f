import type { CallableModel, SystemModel } from "../../model/model.js";
import type { NameReference, SystemDeclaration } from "../../syntax/tree.js";
import { placeOfDeclaration } from "../attributes/places.js";
import { hasAttribute, readDuration, readInteger, readLimit, readName, readText } from "../attributes/read.js";
import type { CheckContext } from "../context.js";
import type { CallableDeclarationNode, Namespace } from "../project.js";
import { lowerDocumentation, lowerField, lowerType } from "./members.js";

/** How often a conflicted transaction is run again unless `@retry` says otherwise. */
const DEFAULT_RETRIES = 9_999;

/** What systems and endpoints share; `rejects` are those that are written. */
export function lowerCallable(
  declaration: CallableDeclarationNode,
  namespace: Namespace,
  context: CheckContext,
): CallableModel {
  const permission = readName(declaration, "permission")?.value;
  const limit = readLimit(declaration)?.value;
  const timeoutMs = readDuration(declaration, "timeout")?.value;
  return {
    name: declaration.name.text,
    params: declaration.params.map((param) => lowerField(param, "parameter", namespace, context)),
    ...lowerResult(declaration, namespace, context),
    calls: (declaration.calls?.items ?? []).map(({ system, suffix }) => ({
      system: system.name.text,
      ...(suffix === undefined ? {} : { suffix: suffix.text }),
    })),
    rejects: names(declaration.rejects?.items),
    ...(permission === "everybody" || permission === "user" || permission === "admin" ? { permission } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...lowerDocumentation(declaration, placeOfDeclaration(declaration)),
  };
}

export function lowerSystem(
  declaration: SystemDeclaration,
  namespace: Namespace,
  context: CheckContext,
): Omit<SystemModel, "cluster"> {
  const trigger = lowerTrigger(declaration);
  const staleMs = readDuration(declaration, "stale")?.value;
  return {
    ...lowerCallable(declaration, namespace, context),
    uses: names(declaration.uses?.items),
    emits: names(declaration.emits?.items),
    retry: readInteger(declaration, "retry")?.value ?? DEFAULT_RETRIES,
    ...(hasAttribute(declaration.attributes, "once") ? { once: true } : {}),
    ...(staleMs === undefined ? {} : { staleMs }),
    ...(trigger === undefined ? {} : { trigger }),
  };
}

function lowerResult(
  { result }: CallableDeclarationNode,
  namespace: Namespace,
  context: CheckContext,
): Pick<CallableModel, "result"> {
  if (result === undefined) return {};
  const type = lowerType(context.type(result.type, namespace));
  return { result: result.optional === undefined ? { type } : { type, optional: true } };
}

function lowerTrigger(declaration: SystemDeclaration): SystemModel["trigger"] {
  const event = readName(declaration, "on")?.value;
  if (event === "start" || event === "connect" || event === "disconnect") return { kind: "on", event };
  const everyMs = readDuration(declaration, "every")?.value;
  if (everyMs !== undefined) return { kind: "every", everyMs };
  const expression = readText(declaration.attributes, "system", "cron")?.value;
  return expression === undefined ? undefined : { kind: "cron", expression: expression.trim().replace(/\s+/g, " ") };
}

function names(items: readonly NameReference[] = []): readonly string[] {
  return items.map(({ name }) => name.text);
}
