#nullable enable

namespace HeTu
{
    /// <summary>The format table of MessagePack by first byte.</summary>
    internal static class MessagePackFormat
    {
        internal static MessagePackKind KindOf(byte head)
        {
            if (head <= 0x7f || head >= 0xe0) return MessagePackKind.Integer;
            if (head <= 0x8f) return MessagePackKind.Map;
            if (head <= 0x9f) return MessagePackKind.Array;
            if (head <= 0xbf) return MessagePackKind.String;
            switch (head)
            {
                case 0xc0:
                    return MessagePackKind.Nil;
                case 0xc2:
                case 0xc3:
                    return MessagePackKind.Boolean;
                case 0xc4:
                case 0xc5:
                case 0xc6:
                    return MessagePackKind.Binary;
                case 0xca:
                case 0xcb:
                    return MessagePackKind.Float;
                case 0xcc:
                case 0xcd:
                case 0xce:
                case 0xcf:
                case 0xd0:
                case 0xd1:
                case 0xd2:
                case 0xd3:
                    return MessagePackKind.Integer;
                case 0xd9:
                case 0xda:
                case 0xdb:
                    return MessagePackKind.String;
                case 0xdc:
                case 0xdd:
                    return MessagePackKind.Array;
                case 0xde:
                case 0xdf:
                    return MessagePackKind.Map;
                default:
                    return MessagePackKind.Unknown;
            }
        }

        internal static string Describe(MessagePackKind kind)
        {
            switch (kind)
            {
                case MessagePackKind.End:
                    return "nothing";
                case MessagePackKind.Nil:
                    return "nil";
                case MessagePackKind.Boolean:
                    return "a bool";
                case MessagePackKind.Integer:
                    return "a whole number";
                case MessagePackKind.Float:
                    return "a float";
                case MessagePackKind.String:
                    return "a string";
                case MessagePackKind.Binary:
                    return "bytes";
                case MessagePackKind.Array:
                    return "an array";
                case MessagePackKind.Map:
                    return "a map";
                default:
                    return "something unknown";
            }
        }
    }
}
