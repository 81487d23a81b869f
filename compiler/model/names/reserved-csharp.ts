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

/** Members of `object`, and the nested class that reads and writes. */
export const CSHARP_MEMBERS: ReadonlySet<string> = new Set([
  ..."Equals Finalize GetHashCode GetType MemberwiseClone ReferenceEquals ToString WireCodec".split(" "),
]);

/** Further members of the SDK's rows. */
export const CSHARP_COLUMNS: ReadonlySet<string> = new Set(["Copies", "Id", "Index"]);

/** Members of `System.Exception` and of the SDK's base of typed rejects. */
export const CSHARP_ERROR_MEMBERS: ReadonlySet<string> = new Set([
  ..."Code Data Fields GetBaseException GetObjectData HResult HelpLink InnerException Message".split(" "),
  ..."SerializeObjectState Source StackTrace System TargetSite".split(" "),
]);

/** Types of the framework, and roots of namespaces, that generated code or game code mentions daily. */
export const CSHARP_FRAMEWORK: ReadonlySet<string> = new Set([
  ..."Action Array Attribute Boolean Byte CancellationToken Char Convert Cysharp DateTime".split(" "),
  ..."DateTimeOffset Dictionary Double Enum Enumerable Environment EventArgs Exception".split(" "),
  ..."FormattableString Func Guid HashCode HeTu Hetu IAsyncEnumerable ICSharpCode ICollection".split(" "),
  ..."IComparable IDictionary IDisposable IEnumerable IEquatable IList IReadOnlyList Index Int16".split(" "),
  ..."Int32 Int64 KeyValuePair List Math Microsoft Mono Newtonsoft Nullable Object Obsolete Org".split(" "),
  ..."Preserve Queue SByte Single Stream String System Task TimeSpan Tuple Type UInt16 UInt32".split(" "),
  ..."UInt64 Unity UnityEditor UnityEngine Uri ValueTask Void".split(" "),
]);

/**
 * Types of the SDK: the public ones would be ambiguous behind `using HeTu; using HeTu.Walking;`, the others are what
 * generated code mentions, and its nested classes. Generic types are told apart by their arguments.
 */
export const CSHARP_SDK: ReadonlySet<string> = new Set([
  ..."BootstrapScope Bound CallBuilder CallFailedException CallRejectedException CallScope".split(" "),
  ..."CallTimeoutException Callable Callables ChangeKind Checks ColumnKind ColumnSpec ColumnTypes".split(" "),
  ..."ComponentType ConnectionClosedException ConnectionLostException ConnectionState".split(" "),
  ..."ConnectionStatus Copies CryptoLayer DescribedCallable DescribedComponent DescribedField".split(" "),
  ..."DescribedMessage ErrorReader ErrorSpec EventSpec FetchTimeoutException FieldSpec".split(" "),
  ..."HetuAwaitableExtensions HetuClient HetuEvents HetuException HetuLoop HetuOptions".split(" "),
  ..."HetuProtocols HetuUniTaskExtensions IClock".split(" "),
  ..."ILayer ILayerStream IRow ITransport ITransportEvents ITransportSocket LayerOptions".split(" "),
  ..."MessagePackKind MessagePackReader MessagePackWriter OutcomeUnknownException PageCursor".split(" "),
  ..."QueueFullException ReconnectOptions Schema SchemaMismatchException SchemaValueException".split(" "),
  ..."SubscriptionRefusedException SystemsBase TextOrder Timestamps UntypedBootstrap UntypedRow".split(" "),
  ..."ValueEquality Values WebSocketTransport WireDescription WireException ZlibLayer".split(" "),
]);

/** Other types of the SDK: no namespace inside `HeTu` can have their names. */
export const CSHARP_SDK_INTERNALS: ReadonlySet<string> = new Set([
  ..."AnswerKind Backoff BooleanColumn BoundKind BoundParts BoundWriter BrowserSocket".split(" "),
  ..."BrowserSockets BrowserTransport Call CallContext CallableWire ClientFrames ClockRequest".split(" "),
  ..."CloseReason ComponentWire ConnectionWait ContextLoop CryptoLayerStream DescriptionMatch".split(" "),
  ..."DescriptionReader Fetch FieldNames FirstRows FrameKind Handlers Handshake Hetu1Frames".split(" "),
  ..."Hetu2Frames IEventHandler ILinkEvents ILiveContext ILiveQueries ISessionParts".split(" "),
  ..."ISubscriptionLink Inbox LayerStack Link LinkResume LinkState Loop LoopTimer Loops".split(" "),
  ..."MessagePackFormat OnceIds Paths Platform PlatformSocket PreserveAttribute ProtocolMemory PumpLoop".split(" "),
  ..."QueryParameters RandomNumber Request ResultReaders ServerFrame ServerFrames Session Settings".split(" "),
  ..."Signal SignedHello StringColumn Subscription SubscriptionId SubscriptionIds Subscriptions".split(" "),
  ..."SystemClock ThreadPoolLoop UInt64Column UnityDriver UntypedCalls UntypedColumns".split(" "),
  ..."UntypedComponent UntypedEventHandler UntypedIndex UntypedOrder UntypedQuery UntypedValue".split(" "),
  ..."Welcome WireSchema WriterPool ZlibLayerStream".split(" "),
]);
