#nullable enable

using System;

namespace HeTu
{
    /// <summary>The types that an indexed column can have, for generated code.</summary>
    public static class ColumnTypes
    {
        /// <summary><c>bool</c></summary>
        public static readonly ColumnType<bool> Bool = new BooleanColumn();

        /// <summary><c>i8</c></summary>
        public static readonly ColumnType<sbyte> Int8 = new IntegerColumn<sbyte>(ColumnKind.Int8, value => value);

        /// <summary><c>i16</c></summary>
        public static readonly ColumnType<short> Int16 = new IntegerColumn<short>(ColumnKind.Int16, value => value);

        /// <summary><c>i32</c></summary>
        public static readonly ColumnType<int> Int32 = new IntegerColumn<int>(ColumnKind.Int32, value => value);

        /// <summary><c>i64</c>, and the id of a row.</summary>
        public static readonly ColumnType<long> Int64 = new IntegerColumn<long>(ColumnKind.Int64, value => value);

        /// <summary><c>u8</c></summary>
        public static readonly ColumnType<byte> UInt8 = new IntegerColumn<byte>(ColumnKind.UInt8, value => value);

        /// <summary><c>u16</c></summary>
        public static readonly ColumnType<ushort> UInt16 = new IntegerColumn<ushort>(ColumnKind.UInt16, value => value);

        /// <summary><c>u32</c></summary>
        public static readonly ColumnType<uint> UInt32 = new IntegerColumn<uint>(ColumnKind.UInt32, value => value);

        /// <summary><c>u64</c></summary>
        public static readonly ColumnType<ulong> UInt64 = new UInt64Column();

        /// <summary><c>f32</c></summary>
        public static readonly ColumnType<float> Single = new FloatColumn<float>(ColumnKind.Single, value => value);

        /// <summary><c>f64</c></summary>
        public static readonly ColumnType<double> Double = new FloatColumn<double>(ColumnKind.Double, value => value);

        /// <summary><c>timestamp</c>, milliseconds since 1970 UTC.</summary>
        public static readonly ColumnType<long> Timestamp =
            new IntegerColumn<long>(ColumnKind.Timestamp, value => value);

        /// <summary><c>string</c></summary>
        /// <param name="max">Unicode code points.</param>
        public static ColumnType<string> String(int max) => new StringColumn(max);

        /// <summary>An enum.</summary>
        /// <param name="toInteger">Its integer on the wire.</param>
        /// <param name="isDeclared">Whether the schema has the value.</param>
        /// <param name="names">The names of its values, for errors.</param>
        public static ColumnType<T> Enum<T>(Func<T, long> toInteger, Func<T, bool> isDeclared, string names)
            where T : struct, Enum => new EnumColumn<T>(toInteger, isDeclared, names);
    }
}
