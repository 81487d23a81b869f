/** Keywords that cannot name a parameter or a local, contextual ones that would mislead included. */
export const CSHARP_KEYWORDS: ReadonlySet<string> = new Set([
  ..."abstract as async await base bool break byte case catch char checked class const continue".split(" "),
  ..."decimal default delegate do double else enum event explicit extern false field finally fixed".split(" "),
  ..."float for foreach global goto if implicit in int interface internal is lock long namespace new".split(" "),
  ..."null object operator out override params private protected public readonly record ref required".split(" "),
  ..."return sbyte sealed short sizeof stackalloc static string struct switch this throw true try".split(" "),
  ..."typeof uint ulong unchecked unsafe ushort using value var virtual void volatile when where while".split(" "),
  ..."yield".split(" "),
]);

/** Members of `object`, of the SDK's row, and those that the compiler gives to properties and events. */
export const CSHARP_MEMBERS: ReadonlySet<string> = new Set([
  ..."Clone Equals Finalize GetHashCode GetType Id MemberwiseClone ReferenceEquals ToString".split(" "),
]);

/** Members of `System.Exception` and of the SDK's base of typed rejects. */
export const CSHARP_ERROR_MEMBERS: ReadonlySet<string> = new Set([
  ..."Code Data Fields GetBaseException HResult HelpLink InnerException Message Source StackTrace".split(" "),
  ..."SystemName TargetSite".split(" "),
]);

/** Types and namespaces that generated C# uses, and types that the SDK declares. */
export const CSHARP_TYPES: ReadonlySet<string> = new Set([
  ..."Action Array Attribute Boolean Byte Calls CallRejectedException CancellationToken Char Client".split(" "),
  ..."Convert DateTime DateTimeOffset Dictionary Double Enum Enumerable Environment EventArgs Events".split(" "),
  ..."Exception Func Guid Hetu IAsyncEnumerable ICollection IComparable IDictionary IDisposable".split(" "),
  ..."IEnumerable IEquatable IList IReadOnlyList Int16 Int32 Int64 List LiveRange LiveRow Math Newtonsoft".split(" "),
  ..."Nullable Object Preserve Queue Row SByte Single Stream String System Task Tuple Type UInt16 UInt32".split(" "),
  ..."UInt64 UnityEngine Uri ValueTask Void".split(" "),
]);
