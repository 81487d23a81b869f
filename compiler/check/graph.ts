import { systemStates, type Graph, type SystemState } from "../model/call-graph.js";
import type { CallModel } from "../model/model.js";
import { isCallable, type CallableDeclarationNode, type Namespace } from "./project.js";

const known = new WeakMap<Namespace, readonly SystemState[]>();

/** The states of the systems of a namespace, of what resolves; worked out once. */
export function statesOf(namespace: Namespace): readonly SystemState[] {
  const before = known.get(namespace);
  if (before !== undefined) return before;
  const states = systemStates(graphOf(namespace));
  known.set(namespace, states);
  return states;
}

function graphOf(namespace: Namespace): Graph {
  const callables = namespace.declarations.filter(isCallable);
  const calls = (declaration: CallableDeclarationNode): readonly CallModel[] =>
    (declaration.calls?.items ?? []).map(({ system, suffix }) => ({
      system: system.name.text,
      ...(suffix === undefined ? {} : { suffix: suffix.text }),
    }));
  return {
    systems: callables
      .filter(({ kind }) => kind === "SystemDeclaration")
      .map((system) => ({
        name: system.name.text,
        uses: (system.uses?.items ?? [])
          .map(({ name }) => name.text)
          .filter((name) => namespace.types.get(name)?.kind === "ComponentDeclaration"),
        calls: calls(system),
      })),
    endpoints: callables.filter(({ kind }) => kind === "EndpointDeclaration").map((each) => ({ calls: calls(each) })),
  };
}
