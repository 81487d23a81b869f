import { defineCode, quote, quotePath } from "../define.js";

/** HT5001 to HT5099: systems and endpoints. */

export const triggerSignature = defineCode<{ attribute: string; system: string; part: "parameters" | "a result" }>({
  code: "HT5001",
  severity: "error",
  message: ({ attribute, system, part }) =>
    `system ${quote(system)} is run by ${quote(`@${attribute}`)} and cannot have ${part}`,
  help: ({ part }) =>
    part === "parameters"
      ? "nobody is there to give arguments: remove the parameters"
      : "nobody waits for it: remove the result",
  page: {
    meaning:
      "The engine runs `@on`, `@every` and `@cron` systems by itself: it has no arguments to give, and no use for a result.",
    wrong: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@on(start)\nsystem stock(count: i32) uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@on(start)\nsystem stock() uses Item\n",
  },
});

export const triggersConflict = defineCode<{ first: string; second: string; system: string }>({
  code: "HT5002",
  severity: "error",
  message: ({ first, second, system }) =>
    `system ${quote(system)} cannot have both ${quote(`@${first}`)} and ${quote(`@${second}`)}`,
  help: ({ second }) =>
    ({
      permission: "what belongs to a connection or to the start is not for clients to call: remove `@permission`",
      once: "`@once` is for calls that a client may send again: remove it",
      limit: "`@limit` is for calls over the wire: remove it",
    })[second] ?? "declare one system for each, and let both call a third that does the work",
  page: {
    meaning:
      "A system has one trigger at most. What the engine runs by itself has no call that could be repeated or limited, and\n" +
      "what runs at `@on` events is not for clients to call; `@every` and `@cron` systems may be, by whom `@permission` says.",
    wrong: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@on(start) @every(60s)\nsystem stock() uses Item\n",
    right:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@on(start)\nsystem stock() uses Item\n\n@every(60s)\nsystem restock() calls stock\n",
  },
});

export const cronInvalid = defineCode<{ expression: string; problem: string }>({
  code: "HT5003",
  severity: "error",
  message: ({ expression, problem }) => `"${expression}" is not a cron expression: ${problem}`,
  help: () =>
    "five fields: minute (0-59) hour (0-23) day (1-31) month (1-12) weekday (0-7); `*`, lists, ranges, `/` steps",
  page: {
    meaning:
      "`@cron` takes the five fields of cron, in UTC: minute, hour, day of the month, month, day of the week (0 and 7 are\n" +
      "Sunday). A field is `*`, a number, a range `1-5`, any of these with a step `*/5`, or a list of these with commas;\n" +
      "months and weekdays may be written as `JAN` and `MON`. When both days are given, either is enough. A date that never\n" +
      "comes is refused.",
    wrong: 'namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@cron("0 25 * * *")\nsystem stock() uses Item\n',
    right: 'namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@cron("0 3 * * *")\nsystem stock() uses Item\n',
  },
});

export const onceWithoutPermission = defineCode<{ system: string }>({
  code: "HT5004",
  severity: "error",
  message: ({ system }) => `system ${quote(system)} is \`@once\`, but nobody may call it over the wire`,
  help: () => "add `@permission(…)`, or remove `@once`: only calls from outside carry an id",
  page: {
    meaning:
      "`@once` lets a client send a call again without its effect happening twice. Only the attributes of the system that\n" +
      "was called from outside apply, so on an internal one it does nothing.",
    wrong: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@once\nsystem buy(item: i32) uses Item\n",
    right:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@permission(user) @once\nsystem buy(item: i32) uses Item\n",
  },
});

export const limitWithoutPermission = defineCode<{ callable: string }>({
  code: "HT5005",
  severity: "warning",
  message: ({ callable }) => `the \`@limit\` of ${callable} has no effect: nobody may call it over the wire`,
  help: () => "add `@permission(…)`, or remove `@limit`",
  page: {
    meaning: "`@limit` counts the calls of a connection. What has no `@permission` is never called by one.",
    wrong: "namespace shop\n\n@limit(times: 5, per: 1s)\nendpoint price(item: i32): i32\n",
    right: "namespace shop\n\n@permission(user) @limit(times: 5, per: 1s)\nendpoint price(item: i32): i32\n",
  },
});

export const callCycle = defineCode<{ path: readonly string[] }>({
  code: "HT5006",
  severity: "error",
  message: ({ path }) => `system ${quote(path[0] ?? "")} calls itself: ${quotePath(path)}`,
  help: () => "move what both need into a system that calls neither, or repeat the work in a loop",
  page: {
    meaning:
      "Calls run inside one transaction. A cycle would have no end that the compiler could see; suffixes do not make it\n" +
      "another system.",
    wrong:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem buy() uses Item calls sell\n\nsystem sell() uses Item calls buy\n",
    right:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem buy() uses Item calls move\n\nsystem sell() uses Item calls move\n\nsystem move() uses Item\n",
  },
});

export const endpointClause = defineCode<{ endpoint: string; clause: string }>({
  code: "HT5007",
  severity: "error",
  message: ({ endpoint, clause }) => `endpoint ${quote(endpoint)} cannot have ${quote(clause)}`,
  help: ({ clause }) =>
    clause === "uses"
      ? "an endpoint has no transaction: name a system after `calls`, or make it a `system`"
      : "an endpoint has no transaction to send from: name a system after `calls`, or make it a `system`",
  page: {
    meaning:
      "An endpoint is a call without a transaction. It takes `calls` and `rejects`; rows and events are for systems, and\n" +
      "each system that an endpoint calls commits by itself.",
    wrong: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nendpoint stock() uses Item\n",
    right: "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem stock() uses Item\n",
  },
});

export const noClause = defineCode<{ system: string }>({
  code: "HT5008",
  severity: "warning",
  message: ({ system }) => `system ${quote(system)} says nothing of what it does`,
  help: () => "add `uses`, `calls`, `rejects` or `emits`; a call without a transaction is an `endpoint`",
  page: {
    meaning:
      "A system without any clause can touch no component, call no system, reject with no error and send no event. Either a\n" +
      "clause was forgotten, or it should be an endpoint.",
    wrong: "namespace shop\n\nsystem price(item: i32): i32\n",
    right: "namespace shop\n\nendpoint price(item: i32): i32\n",
  },
});

export const glueComponent = defineCode<{ component: string; groups: readonly string[] }>({
  code: "HT5009",
  severity: "warning",
  message: ({ component, groups }) =>
    `component ${quote(component)} joins systems that share nothing else: ${groups.join("; ")}`,
  help: () =>
    "split the component, or reach it by an endpoint that calls two systems; `hetuc graph` shows the clusters",
  page: {
    meaning:
      "A cluster is what must be placed together. When a single component is all that connects two groups of systems, each\n" +
      "with rows of its own, they could be placed apart if it were split.",
    wrong:
      "namespace shop\n\ncomponent Log {\n  at: timestamp\n}\n\ncomponent Item {\n  price: i32\n}\n\ncomponent Chat {\n  text: string(99)\n}\n\n" +
      "system buy() uses Item, Log\n\nsystem sell() uses Item, Log\n\nsystem say() uses Chat, Log\n\nsystem hear() uses Chat\n",
    right:
      "namespace shop\n\ncomponent Trade {\n  at: timestamp\n}\n\ncomponent Item {\n  price: i32\n}\n\ncomponent Chat {\n  text: string(99)\n}\n\n" +
      "system buy() uses Item, Trade\n\nsystem sell() uses Item, Trade\n\nsystem say() uses Chat\n\nsystem hear() uses Chat\n",
  },
});

export const tooManyCopies = defineCode<{ namespace: string; limit: number }>({
  code: "HT5010",
  severity: "error",
  message: ({ namespace, limit }) =>
    `the suffixes after \`calls\` in namespace ${quote(namespace)} make more than ${limit.toLocaleString("en")} copies of systems`,
  help: () => "use fewer suffixes: what is called with one gives it to everything that it calls in turn",
  page: {
    meaning:
      "`calls pay:Shop` runs `pay`, and everything that it calls, on separate tables. A chain of calls in which each step\n" +
      "has a suffix of its own makes tables for each pair of a suffix and a later step, which soon are very many.",
    wrong: [
      "namespace shop",
      "component Item {\n  price: i32\n}",
      ...Array.from({ length: 150 }, (_, i) => `system step_${i}() uses Item calls step_${i + 1}:Suffix${i}`),
      "system step_150() uses Item",
    ].join("\n\n"),
    right:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nsystem buy() uses Item calls pay:Shop\n\nsystem pay() uses Item\n",
  },
});

export const staleConflict = defineCode<{ attribute: string; system: string }>({
  code: "HT5011",
  severity: "error",
  message: ({ attribute, system }) =>
    `system ${quote(system)} cannot have both ${quote("@stale")} and ${quote(`@${attribute}`)}`,
  help: ({ attribute }) =>
    ({
      once: "it changes nothing, so a call that is sent again does no harm: remove `@once`",
      retry: "its reads are not validated, so it never conflicts: remove `@retry`",
    })[attribute] ?? "what the engine runs by itself has nobody to give an answer to: remove one of them",
  page: {
    meaning:
      "A `@stale` system answers from a state that may be a little old, and changes nothing. `@once` keeps an effect from\n" +
      "happening twice, `@retry` is for conflicts, `@on`, `@every` and `@cron` are for work that nobody waits for: it has\n" +
      "none of these.",
    wrong:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@permission(user) @stale(5s) @retry(3)\nsystem cheapest(): i32 uses Item\n",
    right:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@permission(user) @stale(5s)\nsystem cheapest(): i32 uses Item\n",
  },
});

export const staleEmits = defineCode<{ system: string }>({
  code: "HT5012",
  severity: "error",
  message: ({ system }) => `system ${quote(system)} is \`@stale\` and cannot send events`,
  help: () => "remove `emits`, or `@stale`: events go out with a commit, and it has none",
  page: {
    meaning:
      "Events are delivered after the commit of the transaction that sent them. A `@stale` system only reads, perhaps from\n" +
      "a replica; it commits nothing.",
    wrong:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nevent Sale { price: i32 }\n\n@stale(5s)\nsystem announce() uses Item emits Sale\n",
    right:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\nevent Sale { price: i32 }\n\nsystem announce() uses Item emits Sale\n",
  },
});

export const staleCalls = defineCode<{ system: string; called: string }>({
  code: "HT5013",
  severity: "error",
  message: ({ system, called }) =>
    `system ${quote(system)} is \`@stale\` and cannot call ${quote(called)}, which is not`,
  help: ({ called }) => `put \`@stale\` on ${quote(called)} if it only reads, or remove it here`,
  page: {
    meaning:
      "What a `@stale` system calls runs in the same transaction, which only reads. So all that it calls must be `@stale`;\n" +
      "the age that counts is that of the system that was called from outside. A system that is not `@stale` may call one\n" +
      "that is: then everything is read as the caller reads.",
    wrong:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@stale(5s)\nsystem overview(): i32 calls count\n\nsystem count(): i32 uses Item\n",
    right:
      "namespace shop\n\ncomponent Item {\n  price: i32\n}\n\n@stale(5s)\nsystem overview(): i32 calls count\n\n@stale(5s)\nsystem count(): i32 uses Item\n",
  },
});
