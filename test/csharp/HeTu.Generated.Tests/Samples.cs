#nullable enable

using System;
using HeTu.Kitchen;

namespace HeTu.Generated.Tests
{
    /// <summary>Values as they travel.</summary>
    internal static class Samples
    {
        private static readonly ComponentWire Same =
            new ComponentWire(0, null, Everything.WireCodec.Instance.Columns.Count, null, null);

        /// <summary>A row of every type, as hetu.2 has it.</summary>
        internal static Everything Row(long id, ushort zone = 0, float x = 0, string label = "", int mood = 0, byte[]? raw = null)
        {
            var writer = new MessagePackWriter();
            writer.WriteArrayHeader(18);
            writer.WriteInt64(id);
            writer.WriteBoolean(true);
            writer.WriteInt64(-128);
            writer.WriteInt64(-32768);
            writer.WriteInt64(zone);
            writer.WriteInt64(int.MinValue);
            writer.WriteInt64(255);
            writer.WriteInt64(uint.MaxValue);
            writer.WriteInt64(long.MinValue);
            writer.WriteUInt64(ulong.MaxValue);
            writer.WriteSingle(x);
            writer.WriteDouble(double.NaN);
            writer.WriteInt64(Checks.MaxTimestamp);
            writer.WriteString(label);
            writer.WriteBinary(raw ?? Array.Empty<byte>());
            writer.WriteInt64(77);
            writer.WriteInt64(mood);
            writer.WriteInt64(1);
            var reader = new MessagePackReader(writer.Written);
            return Everything.WireCodec.Instance.ReadRow(ref reader, Same);
        }

        /// <summary>A row of a component with a column of its owner's, as hetu.1 has it.</summary>
        internal static Profile Profile(string? email, bool came)
        {
            var writer = new MessagePackWriter();
            writer.WriteMapHeader(came ? 4 : 3);
            writer.WriteString("id");
            writer.WriteInt64(7);
            writer.WriteString("owner");
            writer.WriteInt64(8);
            writer.WriteString("name");
            writer.WriteString("Ada");
            if (came)
            {
                writer.WriteString("email");
                if (email == null) writer.WriteNil();
                else writer.WriteString(email);
            }

            var reader = new MessagePackReader(writer.Written);
            return Kitchen.Profile.WireCodec.Instance.ReadRow(ref reader, new ComponentWire(-1, null, -1, null, null));
        }
    }
}
