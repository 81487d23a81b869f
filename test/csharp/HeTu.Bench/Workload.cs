#nullable enable

using System;
using HeTu;

/// <summary>
/// Messages of a server that changes <c>Position</c> rows in a window of a hundred: every row takes a small step along
/// the index at each of its turns, so that each update changes the row and now and then the order.
/// </summary>
public sealed class Workload
{
    /// <summary>Rows in the window.</summary>
    public const int Rows = 100;

    /// <summary>Name and number of the subscription: what the fake server answers to the client's question.</summary>
    public const string SubscriptionId = "Position.x[0.0:1000.0:1][:100]";

    /// <summary>See <see cref="SubscriptionId"/>.</summary>
    public const int SubscriptionNumber = 1;

    private const int Turns = 20;
    private const long FirstId = 10_000_000_000_000_000;

    /// <summary>Columns x and y of the description: owner, zone, x, y.</summary>
    private const int MaskOfPlace = 0b1100;

    /// <summary>Makes the messages of one kind.</summary>
    /// <param name="second">hetu.2 with partial updates; else hetu.1 with whole rows as maps.</param>
    /// <param name="rowsOfMessage">Rows that one transaction changes: 1, 10 or 100.</param>
    public Workload(bool second, int rowsOfMessage)
    {
        Second = second;
        RowsOfMessage = rowsOfMessage;
        Messages = new byte[Rows * Turns / rowsOfMessage][];
        for (var at = 0; at < Messages.Length; at++) Messages[at] = second ? Partial(at) : Whole(at);
    }

    /// <summary>Whether it is hetu.2.</summary>
    public bool Second { get; }

    /// <summary>Rows that change in each message.</summary>
    public int RowsOfMessage { get; }

    /// <summary>To be sent over and over in this order.</summary>
    public byte[][] Messages { get; }

    /// <summary>All rows as they are before the first message: the array that answers the subscription.</summary>
    public static void WriteRows(MessagePackWriter writer, bool second)
    {
        writer.WriteArrayHeader(Rows);
        for (var row = 0; row < Rows; row++) WriteRow(writer, row, Turns - 1, second);
    }

    private byte[] Whole(int at)
    {
        var writer = new MessagePackWriter();
        writer.WriteArrayHeader(3);
        writer.WriteString("updt");
        writer.WriteString(SubscriptionId);
        writer.WriteMapHeader(RowsOfMessage);
        for (var i = 0; i < RowsOfMessage; i++)
        {
            var (row, turn) = Place(at, i);
            writer.WriteInt64(FirstId + row);
            WriteRow(writer, row, turn, false);
        }

        return writer.ToArray();
    }

    private byte[] Partial(int at)
    {
        var writer = new MessagePackWriter();
        writer.WriteArrayHeader(4);
        writer.WriteInt64(7);
        writer.WriteInt64(1000 + at);
        writer.WriteInt64(SubscriptionNumber);
        writer.WriteArrayHeader(1);
        writer.WriteArrayHeader(RowsOfMessage);
        for (var i = 0; i < RowsOfMessage; i++)
        {
            var (row, turn) = Place(at, i);
            writer.WriteArrayHeader(4);
            writer.WriteInt64(MaskOfPlace);
            writer.WriteInt64(FirstId + row);
            writer.WriteSingle(X(row, turn));
            writer.WriteSingle(Y(row, turn));
        }

        return writer.ToArray();
    }

    private (int Row, int Turn) Place(int message, int at)
    {
        var number = (message * RowsOfMessage) + at;
        return (number % Rows, number / Rows);
    }

    private static void WriteRow(MessagePackWriter writer, int row, int turn, bool second)
    {
        if (second)
        {
            writer.WriteArrayHeader(5);
            writer.WriteInt64(FirstId + row);
            writer.WriteInt64(row);
            writer.WriteInt64(row % 7);
            writer.WriteSingle(X(row, turn));
            writer.WriteSingle(Y(row, turn));
            return;
        }

        writer.WriteMapHeader(5);
        writer.WriteString("id");
        writer.WriteInt64(FirstId + row);
        writer.WriteString("owner");
        writer.WriteInt64(row);
        writer.WriteString("zone");
        writer.WriteInt64(row % 7);
        writer.WriteString("x");
        writer.WriteDouble(X(row, turn));
        writer.WriteString("y");
        writer.WriteDouble(Y(row, turn));
    }

    /// <summary>Ten units between neighbours, and back and forth over as much.</summary>
    private static float X(int row, int turn) => (row * 10) + Math.Abs((turn * 2) - Turns + 1) * 0.37f;

    private static float Y(int row, int turn) => (row * 3) + (turn * 0.25f);
}
