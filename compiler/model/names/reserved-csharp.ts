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

/** Parameters and locals of generated methods. */
export const CSHARP_PARAMETERS: ReadonlySet<string> = new Set(["call", "cancellationToken", "system"]);

/** Members of `object`, and how generated code names what reads and writes a struct or an event. */
export const CSHARP_MEMBERS: ReadonlySet<string> = new Set([
  ..."Equals Finalize GetHashCode GetType MemberwiseClone ReferenceEquals ToString".split(" "),
  ..."ReadFrom WriteTo Spec".split(" "),
]);

/** Members and nested types of the SDK's rows. */
export const CSHARP_COLUMNS: ReadonlySet<string> = new Set(["Copies", "Id", "Index", "RowCodec"]);

/** Members of `System.Exception` and of the SDK's base of typed rejects. */
export const CSHARP_ERROR_MEMBERS: ReadonlySet<string> = new Set([
  ..."Code Data Fields GetBaseException GetObjectData HResult HelpLink InnerException Message".split(" "),
  ..."SerializeObjectState Source StackTrace SystemName TargetSite".split(" "),
]);

/**
 * Types that a schema's own must not hide: those of the framework that game code meets daily, and the public ones of
 * the SDK, which would be ambiguous behind `using HeTu; using HeTu.Walking;`.
 */
export const CSHARP_TYPES: ReadonlySet<string> = new Set([
  ..."Action Array Attribute Boolean Byte Calls CallRejectedException CancellationToken Char Client".split(" "),
  ..."Convert DateTime DateTimeOffset Dictionary Double Enum Enumerable Environment EventArgs Events".split(" "),
  ..."Exception Func Guid HeTu Hetu IAsyncEnumerable ICollection IComparable IDictionary IDisposable".split(" "),
  ..."IEnumerable IEquatable IList IReadOnlyList Int16 Int32 Int64 List LiveRange LiveRow Math Newtonsoft".split(" "),
  ..."Nullable Object Preserve Queue Row SByte Single Stream String System Task Tuple Type UInt16 UInt32".split(" "),
  ..."UInt64 UnityEngine Uri ValueTask Void".split(" "),
]);

/** Names that no namespace inside `HeTu` may have: internal types of the SDK, and roots of other libraries. */
export const CSHARP_NAMESPACES: ReadonlySet<string> = new Set([]);
