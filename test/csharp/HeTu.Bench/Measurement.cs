#nullable enable

using System;
using System.Diagnostics;
using System.Threading;
using HeTu;
using HeTu.World;

/// <summary>The real client fed with one workload, beside a walk over the same bytes.</summary>
public static class Measurement
{
    /// <summary>Measures.</summary>
    /// <param name="workload">What to feed.</param>
    /// <param name="milliseconds">For one of the rounds, of which the median counts.</param>
    /// <param name="rounds">How many, an odd number.</param>
    /// <returns>One line of JSON.</returns>
    public static string Run(Workload workload, int milliseconds, int rounds)
    {
        var server = new FakeServer(workload.Second);
        var options = new HetuOptions
        {
            Loop = HetuLoop.Pump,
            Transport = server,
            Protocols = workload.Second ? HetuProtocols.Hetu2 : HetuProtocols.Hetu1,
        };
        using var client = new WorldClient("ws://in-process/hetu/world", null, options);
        long told = 0;
        var sum = 0f;
        Exception? failure = null;
        client.OnError += error => failure = error;
        using var near = client.Query<Position>().Range(Position.Index.X, 0f, 1000f).Limit(Workload.Rows).Subscribe();
        near.OnUpdate += (old, row) =>
        {
            told++;
            sum += row.X - old.X;
        };
        near.OnError += error => failure = error;
        while (!near.Ready.IsCompleted && failure == null)
        {
            client.Tick();
            Thread.Yield();
        }

        if (near.Rows.Count != Workload.Rows) throw new InvalidOperationException($"{near.Rows.Count} rows, {failure}");
        long fed = 0;
        void Feed()
        {
            foreach (var message in workload.Messages)
            {
                server.Feed(message);
                client.Tick();
            }

            fed += workload.Messages.Length * workload.RowsOfMessage;
        }

        var applied = Measure(Feed, workload, milliseconds, rounds);
        if (failure != null) throw failure;
        if (told != fed) throw new InvalidOperationException($"{told} updates were told of {fed}");
        var walked = Measure(() => Walk(workload), workload, milliseconds, rounds);
        return FormattableString.Invariant(
            $"{{\"protocol\":\"{(workload.Second ? "hetu.2" : "hetu.1")}\",\"rows\":{workload.RowsOfMessage},") +
            FormattableString.Invariant($"\"rowsPerSecond\":{applied.RowsPerSecond:F0},\"limit\":{walked.RowsPerSecond:F0},") +
            FormattableString.Invariant($"\"bytesPerRow\":{applied.BytesPerRow:F1},\"rowSize\":{RowSize()}}}");
    }

    private static void Walk(Workload workload)
    {
        foreach (var message in workload.Messages)
        {
            var reader = new MessagePackReader(message);
            while (!reader.AtEnd) reader.Skip();
        }
    }

    private static (double RowsPerSecond, double BytesPerRow) Measure(
        Action pass,
        Workload workload,
        int milliseconds,
        int rounds)
    {
        var rowsOfPass = workload.Messages.Length * workload.RowsOfMessage;
        Pass(pass, milliseconds);
        var speeds = new double[rounds];
        long allocated = 0;
        long rows = 0;
        for (var round = 0; round < rounds; round++)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var (passes, seconds) = Pass(pass, milliseconds);
            allocated += GC.GetAllocatedBytesForCurrentThread() - bytes;
            rows += (long)passes * rowsOfPass;
            speeds[round] = passes * rowsOfPass / seconds;
        }

        Array.Sort(speeds);
        return (speeds[rounds / 2], (double)allocated / rows);
    }

    /// <summary>
    /// In processor time: others who use the machine do not count. All of the work is on this thread, garbage collection
    /// included.
    /// </summary>
    private static (int Passes, double Seconds) Pass(Action pass, int milliseconds)
    {
        var process = Process.GetCurrentProcess();
        var clock = Stopwatch.StartNew();
        var before = process.TotalProcessorTime;
        var passes = 0;
        do
        {
            pass();
            passes++;
        }
        while (clock.ElapsedMilliseconds < milliseconds);
        process.Refresh();
        return (passes, (process.TotalProcessorTime - before).TotalSeconds);
    }

    /// <summary>What one <c>Position</c> takes in memory: an object of the same fields.</summary>
    private static long RowSize()
    {
        const int Count = 1000;
        var rows = new object[Count];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var at = 0; at < Count; at++) rows[at] = new Twin();
        var size = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        GC.KeepAlive(rows);
        return size;
    }

    private sealed class Twin
    {
        public long Id { get; set; }

        public long Owner { get; set; }

        public ushort Zone { get; set; }

        public float X { get; set; }

        public float Y { get; set; }
    }
}
