#nullable enable

namespace HeTu
{
    /// <content>Rows whose indexed columns have given values.</content>
    public sealed partial class Query<TRow>
    {
        /// <summary>The rows with a value in an indexed column.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1>(
            Index<TRow, T1> index,
            T1 first)
        {
            Bound<T1> key = Bound.Inclusive(first);
            return Range(index, key, key);
        }

        /// <summary>The row with the key of a unique index of one column.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public UniqueQuery<TRow> Where<T1>(
            UniqueIndex<TRow, T1> index,
            T1 first)
        {
            var query = Where((Index<TRow, T1>)index, first);
            return new UniqueQuery<TRow>(context, query.Parameters);
        }

        /// <summary>The rows with a value in the first column of an index of two columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1, T2>(
            Index<TRow, T1, T2> index,
            T1 first)
        {
            var key = new Bound<T1, T2>(BoundKind.Inclusive, 1, first, default!);
            return Range(index, key, key);
        }

        /// <summary>The rows with values in all of the 2 columns of an index of two columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <param name="second">Of its column 2.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1, T2>(
            Index<TRow, T1, T2> index,
            T1 first,
            T2 second)
        {
            var key = new Bound<T1, T2>(BoundKind.Inclusive, 2, first, second);
            return Range(index, key, key);
        }

        /// <summary>The row with the key of a unique index of two columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <param name="second">Of its column 2.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public UniqueQuery<TRow> Where<T1, T2>(
            UniqueIndex<TRow, T1, T2> index,
            T1 first,
            T2 second)
        {
            var query = Where((Index<TRow, T1, T2>)index, first, second);
            return new UniqueQuery<TRow>(context, query.Parameters);
        }

        /// <summary>The rows with a value in the first column of an index of three columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1, T2, T3>(
            Index<TRow, T1, T2, T3> index,
            T1 first)
        {
            var key = new Bound<T1, T2, T3>(BoundKind.Inclusive, 1, first, default!, default!);
            return Range(index, key, key);
        }

        /// <summary>The rows with values in the first 2 columns of an index of three columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <param name="second">Of its column 2.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1, T2, T3>(
            Index<TRow, T1, T2, T3> index,
            T1 first,
            T2 second)
        {
            var key = new Bound<T1, T2, T3>(BoundKind.Inclusive, 2, first, second, default!);
            return Range(index, key, key);
        }

        /// <summary>The rows with values in all of the 3 columns of an index of three columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <param name="second">Of its column 2.</param>
        /// <param name="third">Of its column 3.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1, T2, T3>(
            Index<TRow, T1, T2, T3> index,
            T1 first,
            T2 second,
            T3 third)
        {
            var key = new Bound<T1, T2, T3>(BoundKind.Inclusive, 3, first, second, third);
            return Range(index, key, key);
        }

        /// <summary>The row with the key of a unique index of three columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <param name="second">Of its column 2.</param>
        /// <param name="third">Of its column 3.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public UniqueQuery<TRow> Where<T1, T2, T3>(
            UniqueIndex<TRow, T1, T2, T3> index,
            T1 first,
            T2 second,
            T3 third)
        {
            var query = Where((Index<TRow, T1, T2, T3>)index, first, second, third);
            return new UniqueQuery<TRow>(context, query.Parameters);
        }

        /// <summary>The rows with a value in the first column of an index of four or more columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1, T2, T3, T4>(
            Index<TRow, T1, T2, T3, T4> index,
            T1 first)
        {
            var key = new Bound<T1, T2, T3, T4>(BoundKind.Inclusive, 1, first, default!, default!, default!);
            return Range(index, key, key);
        }

        /// <summary>The rows with values in the first 2 columns of an index of four or more columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <param name="second">Of its column 2.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1, T2, T3, T4>(
            Index<TRow, T1, T2, T3, T4> index,
            T1 first,
            T2 second)
        {
            var key = new Bound<T1, T2, T3, T4>(BoundKind.Inclusive, 2, first, second, default!, default!);
            return Range(index, key, key);
        }

        /// <summary>The rows with values in the first 3 columns of an index of four or more columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <param name="second">Of its column 2.</param>
        /// <param name="third">Of its column 3.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1, T2, T3, T4>(
            Index<TRow, T1, T2, T3, T4> index,
            T1 first,
            T2 second,
            T3 third)
        {
            var key = new Bound<T1, T2, T3, T4>(BoundKind.Inclusive, 3, first, second, third, default!);
            return Range(index, key, key);
        }

        /// <summary>The rows with values in the first 4 columns of an index of four or more columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <param name="second">Of its column 2.</param>
        /// <param name="third">Of its column 3.</param>
        /// <param name="fourth">Of its column 4.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Where<T1, T2, T3, T4>(
            Index<TRow, T1, T2, T3, T4> index,
            T1 first,
            T2 second,
            T3 third,
            T4 fourth)
        {
            var key = new Bound<T1, T2, T3, T4>(BoundKind.Inclusive, 4, first, second, third, fourth);
            return Range(index, key, key);
        }

        /// <summary>The row with the key of a unique index of four or more columns.</summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="first">Of its column 1.</param>
        /// <param name="second">Of its column 2.</param>
        /// <param name="third">Of its column 3.</param>
        /// <param name="fourth">Of its column 4.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public UniqueQuery<TRow> Where<T1, T2, T3, T4>(
            UniqueIndex<TRow, T1, T2, T3, T4> index,
            T1 first,
            T2 second,
            T3 third,
            T4 fourth)
        {
            var query = Where((Index<TRow, T1, T2, T3, T4>)index, first, second, third, fourth);
            return new UniqueQuery<TRow>(context, query.Parameters);
        }
    }
}
