#nullable enable

using System;

namespace HeTu
{
    /// <summary>Writes what a client sends, in the protocol of the link. Each adds one frame to what was written.</summary>
    internal static class ClientFrames
    {
        /// <summary>A call.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="wire">Of the link.</param>
        /// <param name="callable">What is called.</param>
        /// <param name="onceId">24 bytes when it is <c>@once</c>.</param>
        /// <param name="arguments">MessagePack as in hetu.2, one after the other.</param>
        /// <param name="count">How many they are.</param>
        /// <exception cref="SchemaMismatchException">When it cannot be used with this server.</exception>
        internal static void Call(
            MessagePackWriter writer,
            WireSchema wire,
            Callable callable,
            byte[]? onceId,
            ReadOnlySpan<byte> arguments,
            int count)
        {
            writer.WriteArrayHeader(count + (onceId == null ? 2 : 3));
            if (wire.IsHetu2)
            {
                writer.WriteInt64(onceId == null ? 1 : 2);
                wire.WriteCallable(writer, callable);
                if (onceId != null) writer.WriteBinary(onceId);
                writer.WriteRaw(arguments);
                return;
            }

            writer.WriteString(onceId == null ? "rpc" : "once");
            if (onceId != null) writer.WriteBinary(onceId);
            wire.WriteCallable(writer, callable);
            writer.WriteAsHetu1(arguments);
        }

        /// <summary>A subscription to a range.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="wire">Of the link.</param>
        /// <param name="component">What is queried.</param>
        /// <param name="index">The name of the index.</param>
        /// <param name="indexNumber">In this client's description; -1: it goes by name.</param>
        /// <param name="left">One MessagePack value.</param>
        /// <param name="right">One MessagePack value.</param>
        /// <param name="limit">Rows at most.</param>
        /// <param name="descending">From the greatest on.</param>
        /// <param name="held">
        /// After a resume over hetu.2: the ids of the rows that are shown, and only what changed is answered. Empty is not
        /// the same as <c>null</c>.
        /// </param>
        /// <exception cref="SchemaMismatchException">When the component cannot be used with this server.</exception>
        internal static void Subscribe(
            MessagePackWriter writer,
            WireSchema wire,
            ComponentType component,
            string index,
            int indexNumber,
            ReadOnlySpan<byte> left,
            ReadOnlySpan<byte> right,
            int limit,
            bool descending,
            long[]? held = null)
        {
            if (!wire.IsHetu2)
            {
                writer.WriteArrayHeader(9);
                writer.WriteString("sub");
                writer.WriteString(component.Name);
                writer.WriteString("range");
                writer.WriteString(index);
                writer.WriteAsHetu1(left);
                writer.WriteAsHetu1(right);
                writer.WriteInt64(limit);
                writer.WriteBoolean(descending);
                writer.WriteBoolean(true);
                return;
            }

            writer.WriteArrayHeader(held == null ? 7 : 8);
            writer.WriteInt64(3);
            Range(writer, wire, component, index, indexNumber, left, right, limit, descending);
            if (held == null) return;
            writer.WriteArrayHeader(held.Length);
            foreach (var id in held) writer.WriteInt64(id);
        }

        /// <summary>hetu.2: a one-shot read.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="wire">Of the link, which speaks hetu.2.</param>
        /// <param name="component">What is queried.</param>
        /// <param name="index">The name of the index.</param>
        /// <param name="indexNumber">In this client's description; -1: it goes by name.</param>
        /// <param name="left">One MessagePack value.</param>
        /// <param name="right">One MessagePack value.</param>
        /// <param name="limit">Rows at most.</param>
        /// <param name="descending">From the greatest on.</param>
        /// <param name="after">One MessagePack value: <c>next</c> of the page before; empty for the first page.</param>
        /// <param name="count">Whether to count the rows of the whole range.</param>
        /// <exception cref="SchemaMismatchException">When the component cannot be used with this server.</exception>
        internal static void Read(
            MessagePackWriter writer,
            WireSchema wire,
            ComponentType component,
            string index,
            int indexNumber,
            ReadOnlySpan<byte> left,
            ReadOnlySpan<byte> right,
            int limit,
            bool descending,
            ReadOnlySpan<byte> after,
            bool count)
        {
            writer.WriteArrayHeader(9);
            writer.WriteInt64(5);
            Range(writer, wire, component, index, indexNumber, left, right, limit, descending);
            if (after.IsEmpty) writer.WriteNil();
            else writer.WriteRaw(after);
            writer.WriteBoolean(count);
        }

        /// <summary>hetu.1: the end of a subscription.</summary>
        internal static void Unsubscribe(MessagePackWriter writer, ReadOnlySpan<byte> id)
        {
            writer.WriteArrayHeader(2);
            writer.WriteString("unsub");
            writer.WriteUtf8(id);
        }

        /// <summary>hetu.2: the end of a subscription.</summary>
        internal static void Unsubscribe(MessagePackWriter writer, long number)
        {
            writer.WriteArrayHeader(2);
            writer.WriteInt64(4);
            writer.WriteInt64(number);
        }

        /// <summary>Asks for the server's time.</summary>
        internal static void Clock(MessagePackWriter writer, WireSchema wire)
        {
            writer.WriteArrayHeader(1);
            if (wire.IsHetu2) writer.WriteInt64(6);
            else writer.WriteString("clock");
        }

        /// <summary>
        /// Asks for a sign of life: over hetu.1 the greeting, a text frame outside of the order of answers that every
        /// server of hetu.1 gives.
        /// </summary>
        internal static void Ping(MessagePackWriter writer, bool isHetu2)
        {
            writer.WriteArrayHeader(1);
            if (isHetu2) writer.WriteInt64(7);
            else writer.WriteString("motd");
        }

        /// <summary>hetu.2: the first frame.</summary>
        /// <param name="writer">Takes it.</param>
        /// <param name="fingerprint">32 bytes; empty: none, the server is asked for its description.</param>
        /// <param name="token">To resume with; <c>null</c>: none.</param>
        /// <param name="position">The last position that was seen.</param>
        internal static void Hello(MessagePackWriter writer, byte[] fingerprint, byte[]? token, long position)
        {
            writer.WriteArrayHeader(3);
            writer.WriteInt64(0);
            if (fingerprint.Length == 0) writer.WriteNil();
            else writer.WriteBinary(fingerprint);
            if (token == null)
            {
                writer.WriteNil();
                return;
            }

            writer.WriteArrayHeader(2);
            writer.WriteBinary(token);
            writer.WriteInt64(position);
        }

        private static void Range(
            MessagePackWriter writer,
            WireSchema wire,
            ComponentType component,
            string index,
            int indexNumber,
            ReadOnlySpan<byte> left,
            ReadOnlySpan<byte> right,
            int limit,
            bool descending)
        {
            wire.WriteComponent(writer, component);
            wire.WriteIndex(writer, component, index, indexNumber);
            writer.WriteRaw(left);
            writer.WriteRaw(right);
            writer.WriteInt64(limit);
            writer.WriteBoolean(descending);
        }
    }
}
