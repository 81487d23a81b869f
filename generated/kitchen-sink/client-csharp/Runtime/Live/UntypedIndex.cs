#nullable enable

namespace HeTu
{
    /// <summary>An index that is known by its name alone; the values decide how they are compared.</summary>
    internal sealed class UntypedIndex : Index<UntypedRow>
    {
        internal UntypedIndex(string name)
            : base(name, -1, false, OrderOf(name.Split(',')), name.Split(',').Length)
        {
        }

        private static System.Comparison<UntypedRow> OrderOf(string[] columns) =>
            (a, b) =>
            {
                foreach (var column in columns)
                {
                    a.TryGetValue(column, out var left);
                    b.TryGetValue(column, out var right);
                    var order = UntypedOrder.Compare(left, right);
                    if (order != 0) return order;
                }

                return 0;
            };
    }
}
