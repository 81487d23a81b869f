#nullable enable

using System;

/// <summary>
/// How fast the client reads and applies row updates, and what it allocates for them. Prints one JSON object a line;
/// <c>--quick</c> only shows that it works.
/// </summary>
public static class Program
{
    private static readonly int[] Sizes = { 1, 10, 100 };

    private static void Main(string[] args)
    {
        var quick = Array.IndexOf(args, "--quick") >= 0;
        foreach (var second in new[] { false, true })
        {
            foreach (var rows in Sizes)
            {
                Console.WriteLine(Measurement.Run(new Workload(second, rows), quick ? 50 : 1000, quick ? 1 : 5));
            }
        }
    }
}
