import type { CsharpSymbol } from "./csharp-file.js";

/** Types of the framework that generated code mentions. */
export const ARRAY = symbol("System", "Array");
export const HASH_CODE = symbol("System", "HashCode");
export const FORMATTABLE_STRING = symbol("System", "FormattableString");
export const IEQUATABLE = symbol("System", "IEquatable");
export const OBSOLETE = symbol("System", "Obsolete");
export const FUNC = symbol("System", "Func");
export const TIME_SPAN = symbol("System", "TimeSpan");
export const TYPE = symbol("System", "Type");
export const KEY_VALUE_PAIR = symbol("System.Collections.Generic", "KeyValuePair");
export const IREADONLY_LIST = symbol("System.Collections.Generic", "IReadOnlyList");
export const CANCELLATION_TOKEN = symbol("System.Threading", "CancellationToken");
export const TASK = symbol("System.Threading.Tasks", "Task");

function symbol(namespace: string, name: string): CsharpSymbol {
  return { namespace, name };
}
