import type { PublicNamespace } from "../../model/public-model.js";
import type { EmittedFile } from "../target.js";
import { CsharpFile, sdk } from "./csharp-file.js";
import type { CsharpLayout } from "./layout.js";
import { block, separated } from "./print.js";
import { FUNC, TASK } from "./symbols.js";
import { xmlDoc } from "./xml-doc.js";

/** `WalkingClient.cs`: the session with the systems of the namespace. */
export function emitClient(layout: CsharpLayout, namespace: PublicNamespace): EmittedFile {
  const { name } = layout.class(namespace.name, "Client");
  const file = new CsharpFile(layout.file(namespace.name, "Client"), layout.scope(namespace.name));
  const systems = file.type(layout.class(namespace.name, "Systems"));
  const bootstrap = file.type(layout.class(namespace.name, "Bootstrap"));
  const schema = file.type(layout.class(namespace.name, "Schema"));
  const callback = file.type(FUNC, bootstrap, file.type(TASK));
  const scope = file.type(sdk("BootstrapScope"));
  return file.toFile([
    ...xmlDoc({ doc: `A session with a server of \`${namespace.name}\`.` }),
    ...block(
      `public sealed class ${name} : ${file.type(sdk("HetuClient"))}`,
      separated([
        [
          ...xmlDoc(
            { doc: "Begins to connect, and returns at once." },
            {
              params: [
                { name: "url", text: "`ws://` or `wss://`, with the path `/hetu/<instance>`." },
                { name: "bootstrap", text: "Runs on each new connection before anything else: logs in." },
                { name: "options", text: "What differs from the defaults." },
              ],
            },
          ),
          ...block(
            [
              `public ${name}(string url, ${callback}? bootstrap = null, ${file.type(sdk("HetuOptions"))}? options = null)`,
              `    : base(url, ${schema}.Instance, options, Wrap(bootstrap))`,
            ],
            [`Systems = new ${systems}(Calls);`],
          ),
        ],
        ["/// <summary>Calls of systems and endpoints.</summary>", `public ${systems} Systems { get; }`],
        [
          `private static ${file.type(FUNC, scope, file.type(TASK))}? Wrap(${callback}? bootstrap)`,
          ...block([], ["if (bootstrap == null) return null;", `return scope => bootstrap(new ${bootstrap}(scope));`]),
        ],
      ]),
    ),
  ]);
}

/** `WalkingBootstrap.cs`: what the function that logs in is given. */
export function emitBootstrap(layout: CsharpLayout, namespace: PublicNamespace): EmittedFile {
  const { name } = layout.class(namespace.name, "Bootstrap");
  const file = new CsharpFile(layout.file(namespace.name, "Bootstrap"), layout.scope(namespace.name));
  const systems = file.type(layout.class(namespace.name, "Systems"));
  return file.toFile([
    ...xmlDoc({ doc: "What runs first on each new connection is given this: its calls go out before all others." }),
    ...block(
      `public sealed class ${name}`,
      separated([
        block(`internal ${name}(${file.type(sdk("BootstrapScope"))} scope)`, [
          `Systems = new ${systems}(scope.Calls);`,
          "Connections = scope.Connections;",
        ]),
        [
          "/// <summary>Calls of systems and endpoints. Those of the client would wait for the end of the bootstrap.</summary>",
          `public ${systems} Systems { get; }`,
        ],
        [
          "/// <summary>0 on the first connection of the client, 1 on the next, and so on.</summary>",
          "public int Connections { get; }",
        ],
      ]),
    ),
  ]);
}
