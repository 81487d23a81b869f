/** Words that cannot name a variable or a parameter in a strict module, or that change the meaning of one. */
export const TYPESCRIPT_KEYWORDS: ReadonlySet<string> = new Set([
  ..."abstract any arguments as async await bigint boolean break case catch class const continue".split(" "),
  ..."debugger declare default delete do else enum eval export extends false finally for from function".split(" "),
  ..."get if implements import in infer instanceof interface is keyof let namespace never new null".split(" "),
  ..."number object of package private protected public readonly return set static string super switch".split(" "),
  ..."symbol this throw true try type typeof undefined unique unknown using var void while with yield".split(" "),
  ..."Infinity NaN globalThis".split(" "),
]);

/** Identifiers that generated bindings use beside the parameters of a system. */
export const TYPESCRIPT_PARAMETERS: ReadonlySet<string> = new Set(["args", "context", "ctx", "self"]);

/** Members that an object has of itself, that rows add, or that make an object a promise. */
export const TYPESCRIPT_MEMBERS: ReadonlySet<string> = new Set([
  ..."constructor hasOwnProperty isPrototypeOf propertyIsEnumerable prototype then".split(" "),
  ..."toJSON toLocaleString toObject toString valueOf".split(" "),
]);

/** Members of an `Error`: a field of a typed reject may not take them over. */
export const TYPESCRIPT_ERROR_MEMBERS: ReadonlySet<string> = new Set([
  ..."cause code fields message name stack system".split(" "),
]);

/** Globals that generated modules use, and names that they declare or re-export from the SDK. */
export const TYPESCRIPT_TYPES: ReadonlySet<string> = new Set([
  ..."AggregateError Array ArrayBuffer AsyncIterable AsyncIterator Atomics BigInt BigInt64Array".split(" "),
  ..."BigUint64Array Boolean Buffer DataView Date Disposable Error EvalError Event EventTarget Exclude".split(" "),
  ..."Extract Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterable".split(" "),
  ..."Iterator JSON Map Math NaN NonNullable Number Object Omit Parameters Partial Pick Promise".split(" "),
  ..."PromiseLike Proxy RangeError Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Reflect RegExp".split(" "),
  ..."Required ReturnType Set String Symbol SyntaxError TextDecoder TextEncoder TypeError URL Uint16Array".split(" "),
  ..."Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebSocket".split(" "),
  ..."CallRejectedError Calls Client ClientOptions Components Errors Events LiveRange LiveRow Query Row".split(" "),
  ..."Schema Session Systems".split(" "),
]);
