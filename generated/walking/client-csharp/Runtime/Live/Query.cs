#nullable enable

namespace HeTu
{
    /// <summary>
    /// Asks for rows of one component by one of its indexes: <c>client.Query&lt;Position&gt;().Range(Position.Index.X,
    /// 0f, 10f)</c>. Only indexes of the component compile, with values of their columns' types.
    /// </summary>
    /// <typeparam name="TRow">The component's rows.</typeparam>
    public sealed partial class Query<TRow>
        where TRow : class, IRow
    {
        private readonly ILiveContext context;
        private readonly ComponentType<TRow> component;

        internal Query(ILiveContext context, ComponentType<TRow> component)
        {
            this.context = context;
            this.component = component;
        }

        /// <summary>All rows, in the order of an index.</summary>
        /// <param name="index">One of the component's.</param>
        public RangeQuery<TRow> Range<T1>(Index<TRow, T1> index) =>
            Range(index, Bound<T1>.Open, Bound<T1>.Open);

        /// <summary>
        /// The rows between two bounds of an index of one column: each is a value, which is part of the range,
        /// <c>Bound.Exclusive(…)</c>, or <c>Bound&lt;…&gt;.Open</c>.
        /// </summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="left">The lower bound, also when descending.</param>
        /// <param name="right">The upper bound.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Range<T1>(
            Index<TRow, T1> index,
            Bound<T1> left,
            Bound<T1> right)
        {
            var bounds = new BoundWriter();
            left.Write(bounds.Left, index, component.Name, true);
            right.Write(bounds.Right, index, component.Name, false);
            return new RangeQuery<TRow>(context, bounds.Parameters(component, index));
        }

        /// <summary>All rows, in the order of an index of two columns.</summary>
        /// <param name="index">One of the component's.</param>
        public RangeQuery<TRow> Range<T1, T2>(Index<TRow, T1, T2> index) =>
            Range(index, Bound<T1, T2>.Open, Bound<T1, T2>.Open);

        /// <summary>
        /// The rows between two bounds of an index of two columns: each is a leading part of the key, which is part of
        /// the range, <c>Bound.Exclusive(…)</c>, or <c>Bound&lt;…&gt;.Open</c>.
        /// </summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="left">The lower bound, also when descending.</param>
        /// <param name="right">The upper bound.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Range<T1, T2>(
            Index<TRow, T1, T2> index,
            Bound<T1, T2> left,
            Bound<T1, T2> right)
        {
            var bounds = new BoundWriter();
            left.Write(bounds.Left, index, component.Name);
            right.Write(bounds.Right, index, component.Name);
            return new RangeQuery<TRow>(context, bounds.Parameters(component, index));
        }

        /// <summary>All rows, in the order of an index of three columns.</summary>
        /// <param name="index">One of the component's.</param>
        public RangeQuery<TRow> Range<T1, T2, T3>(Index<TRow, T1, T2, T3> index) =>
            Range(index, Bound<T1, T2, T3>.Open, Bound<T1, T2, T3>.Open);

        /// <summary>
        /// The rows between two bounds of an index of three columns: each is a leading part of the key, which is part
        /// of the range, <c>Bound.Exclusive(…)</c>, or <c>Bound&lt;…&gt;.Open</c>.
        /// </summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="left">The lower bound, also when descending.</param>
        /// <param name="right">The upper bound.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Range<T1, T2, T3>(
            Index<TRow, T1, T2, T3> index,
            Bound<T1, T2, T3> left,
            Bound<T1, T2, T3> right)
        {
            var bounds = new BoundWriter();
            left.Write(bounds.Left, index, component.Name);
            right.Write(bounds.Right, index, component.Name);
            return new RangeQuery<TRow>(context, bounds.Parameters(component, index));
        }

        /// <summary>All rows, in the order of an index of four or more columns.</summary>
        /// <param name="index">One of the component's.</param>
        public RangeQuery<TRow> Range<T1, T2, T3, T4>(Index<TRow, T1, T2, T3, T4> index) =>
            Range(index, Bound<T1, T2, T3, T4>.Open, Bound<T1, T2, T3, T4>.Open);

        /// <summary>
        /// The rows between two bounds of an index of four or more columns: each is a leading part of the key, which is
        /// part of the range, <c>Bound.Exclusive(…)</c>, or <c>Bound&lt;…&gt;.Open</c>.
        /// </summary>
        /// <param name="index">One of the component's.</param>
        /// <param name="left">The lower bound, also when descending.</param>
        /// <param name="right">The upper bound.</param>
        /// <exception cref="SchemaValueException">When a column cannot hold a value.</exception>
        public RangeQuery<TRow> Range<T1, T2, T3, T4>(
            Index<TRow, T1, T2, T3, T4> index,
            Bound<T1, T2, T3, T4> left,
            Bound<T1, T2, T3, T4> right)
        {
            var bounds = new BoundWriter();
            left.Write(bounds.Left, index, component.Name);
            right.Write(bounds.Right, index, component.Name);
            return new RangeQuery<TRow>(context, bounds.Parameters(component, index));
        }
    }
}
