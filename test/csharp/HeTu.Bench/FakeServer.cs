#nullable enable

using System;
using System.Buffers;
using System.Threading.Tasks;
using HeTu;

/// <summary>
/// A server within the process: it answers the client's handshake, clock and subscription, and sends what it is told to.
/// </summary>
public sealed class FakeServer : ITransport, ITransportSocket
{
    private readonly bool second;
    private ITransportEvents? events;
    private bool isShaken;

    /// <summary>Makes a server of one protocol.</summary>
    public FakeServer(bool second)
    {
        this.second = second;
    }

    /// <inheritdoc/>
    public bool OpensWithoutSelection => true;

    /// <inheritdoc/>
    public ITransportSocket Open(string url, string? subprotocol, int maxMessage, ITransportEvents events)
    {
        this.events = events;
        Task.Run(() => events.Opened(second ? subprotocol : null));
        return this;
    }

    /// <summary>Gives the client a message, in a rented buffer as the WebSocket transport does.</summary>
    public void Feed(byte[] message)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(message.Length);
        message.CopyTo(buffer, 0);
        events!.Message(buffer, message.Length);
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message)
    {
        var reader = new MessagePackReader(message);
        while (!reader.AtEnd)
        {
            var count = reader.ReadArrayHeader();
            if (!isShaken)
            {
                isShaken = true;
                Feed(new byte[] { 0x90 });
            }
            else if (second)
            {
                AnswerSecond(reader.ReadInt32());
                count--;
            }
            else
            {
                AnswerFirst(reader.ReadString());
                count--;
            }

            for (; count > 0; count--) reader.Skip();
        }
    }

    /// <inheritdoc/>
    public void Close() => events!.Closed(new ConnectionLostException("the benchmark is over"));

    /// <inheritdoc/>
    public void Abort() => Close();

    private void AnswerSecond(int kind)
    {
        var writer = new MessagePackWriter();
        switch (kind)
        {
            case 0:
                writer.WriteArrayHeader(6);
                writer.WriteInt64(0);
                writer.WriteInt64(1_700_000_000_000);
                writer.WriteNil();
                writer.WriteNil();
                writer.WriteInt64(0);
                writer.WriteBoolean(false);
                break;
            case 3:
                writer.WriteArrayHeader(4);
                writer.WriteInt64(4);
                writer.WriteInt64(Workload.SubscriptionNumber);
                writer.WriteInt64(1);
                Workload.WriteRows(writer, true);
                break;
            case 6:
                writer.WriteArrayHeader(2);
                writer.WriteInt64(10);
                writer.WriteInt64(1_700_000_000_000);
                break;
            default:
                throw new NotSupportedException($"a frame of kind {kind}");
        }

        Feed(writer.ToArray());
    }

    private void AnswerFirst(string kind)
    {
        var writer = new MessagePackWriter();
        switch (kind)
        {
            case "sub":
                writer.WriteArrayHeader(3);
                writer.WriteString("sub");
                writer.WriteString(Workload.SubscriptionId);
                Workload.WriteRows(writer, false);
                break;
            case "clock":
                writer.WriteArrayHeader(2);
                writer.WriteString("clock");
                writer.WriteInt64(1_700_000_000_000);
                break;
            default:
                throw new NotSupportedException($"a frame {kind}");
        }

        Feed(writer.ToArray());
    }
}
