#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HeTu.LiveTests.Support;
using HeTu.World;
using Xunit;

namespace HeTu.LiveTests
{
    /// <summary>A server that upgrades and then says anything: the client says why and tries again.</summary>
    public class HostileServerTests
    {
        /// <summary>Behind a right handshake.</summary>
        private static readonly byte[] Shaken = HostileServer.Message(0x90);

        public static IEnumerable<object?[]> Words()
        {
            foreach (var protocol in new[] { null, "hetu.2" })
            {
                object?[] Case(string name, params byte[][] said) =>
                    new object?[] { protocol, name, said.SelectMany(part => part).ToArray() };

                yield return Case("a handshake that is no MessagePack", HostileServer.Message(0xc1));
                yield return Case("a handshake that is no array", HostileServer.Message(0x01));
                yield return Case("a handshake cut off", HostileServer.Message(0x91, 0xc4));
                yield return Case("a handshake of other layers", HostileServer.Message(0x91, 0xc4, 0x00));
                yield return Case("an empty message", Shaken, HostileServer.Message());
                yield return Case("a frame that is no array", Shaken, HostileServer.Message(0x07));
                yield return Case("a frame cut off", Shaken, HostileServer.Message(0x93, 0x00));
                yield return Case("an array of four billion", Shaken, Huge(0xdd));
                yield return Case("a text of four billion", Shaken, Huge(0x91, 0xdb));
                yield return Case("arrays in arrays", Shaken, Nested(0x91));
                yield return Case("maps in maps", Shaken, Nested(0x81));
                yield return Case("an answer that nobody asked for", Shaken, HostileServer.Message(Unasked(protocol)));
                yield return Case("a message over the limit", Shaken, HostileServer.Message(new byte[Limit + 1]));
                yield return Case("too long a length", Shaken, HostileServer.Frame(0x82, new byte[9], long.MaxValue));
                yield return Case("a message of endless fragments", Shaken, Fragments());
                yield return Case("reserved bits", Shaken, HostileServer.Frame(0xf2, new byte[3]));
                yield return Case("an unknown opcode", Shaken, HostileServer.Frame(0x85, new byte[3]));
                yield return Case("a control frame that is too long", Shaken, HostileServer.Frame(0x89, new byte[200]));
                yield return Case("a continuation of nothing", Shaken, HostileServer.Frame(0x80, new byte[3]));
                yield return Case("a wrong close code", Shaken, HostileServer.Frame(0x88, new byte[] { 0, 1 }));
                yield return Case("a message cut off", Shaken, HostileServer.Frame(0x82, new byte[5], 500));
                yield return Case("nothing");
            }
        }

        private const int Limit = 100_000;

        [Theory]
        [MemberData(nameof(Words))]
        public async Task Whatever_it_says_the_client_has_a_clear_error_and_tries_again(
            string? subprotocol,
            string what,
            byte[] said)
        {
            Assert.NotEmpty(what);
            var closes = what.EndsWith("cut off", StringComparison.Ordinal) || what == "nothing";
            await using var server = HostileServer.Start(subprotocol, _ => said, closes);
            var options = Wire.Of("hetu.1").Options();
            options.Protocols = HetuProtocols.Automatic;
            options.MaxMessage = Limit;
            // For a message that never ends.
            options.ConnectTimeout = options.KeepAlive = options.KeepAliveTimeout = TimeSpan.FromMilliseconds(500);
            await using var client = new WorldClient(server.Url, null, options);
            var call = client.Systems.EchoAsync("anybody?");
            using var accounts = client.Query<Account>().Range(Account.Index.Number).Subscribe();

            var lost = Assert.IsType<ConnectionLostException>((await client.Reaches(ConnectionStatus.Waiting)).Error);
            Assert.NotEmpty(lost.Message);
            await server.AcceptsAsync(2);

            await client.DisposeAsync();
            var ended = await Assert.ThrowsAnyAsync<HetuException>(() => call).Soon();
            Assert.True(ended is OutcomeUnknownException || ended is ConnectionClosedException, ended.ToString());
            await Assert.ThrowsAsync<ConnectionClosedException>(() => accounts.Ready).Soon();
        }

        [Theory]
        [InlineData(null, 11)]
        [InlineData("hetu.2", 12)]
        public async Task Random_bytes_in_right_frames_neither_crash_nor_hang_the_client(string? subprotocol, int seed)
        {
            var random = new Random(seed);
            byte[] Garbage(int number)
            {
                var all = new List<byte>(Shaken);
                for (var message = 0; message < 1 + number % 5; message++)
                {
                    var bytes = new byte[random.Next(64)];
                    random.NextBytes(bytes);
                    // Often the beginning is right.
                    if (bytes.Length > 2 && number % 2 == 0)
                    {
                        bytes[0] = (byte)(0x91 + random.Next(6));
                        bytes[1] = (byte)random.Next(12);
                    }

                    all.AddRange(HostileServer.Message(bytes));
                }

                return all.ToArray();
            }

            await using var server = HostileServer.Start(subprotocol, Garbage, true);
            var options = Wire.Of("hetu.1").Options();
            options.Protocols = HetuProtocols.Automatic;
            options.Reconnect.BaseDelay = options.Reconnect.MaxDelay = TimeSpan.FromMilliseconds(1);
            options.Warn = _ => { };
            await using var client = new WorldClient(server.Url, null, options);
            using var accounts = client.Query<Account>().Range(Account.Index.Number).Subscribe();
            await server.AcceptsAsync(150);
            Assert.NotEqual(ConnectionStatus.Closed, client.Connection.Status);
        }

        [Fact]
        public async Task After_a_hostile_server_no_task_exception_is_left_unobserved()
        {
            foreach (var words in Words()) await RunAsync((string?)words[0], (byte[])words[2]!);
            var errors = Unobserved.Errors();
            Assert.True(errors.Count == 0, string.Join("\n\n", errors));
        }

        /// <summary>Calls and live queries that nobody waits for.</summary>
        private static async Task RunAsync(string? subprotocol, byte[] said)
        {
            await using var server = HostileServer.Start(subprotocol, _ => said, true);
            var options = Wire.Of("hetu.1").Options();
            options.Protocols = HetuProtocols.Automatic;
            options.MaxMessage = Limit;
            options.Warn = _ => { };
            await using var client = new WorldClient(server.Url, bootstrap => bootstrap.Systems.LoginAsync(1), options);
            using var accounts = client.Query<Account>().Range(Account.Index.Number).Subscribe();
            await client.Reaches(ConnectionStatus.Waiting);
        }

        private static byte[] Unasked(string? protocol) => protocol == null
            ? new byte[] { 0x92, 0xa3, (byte)'r', (byte)'s', (byte)'p', 0x01 }
            : new byte[] { 0x92, 0x01, 0x01 };

        /// <summary>A length of 32 bits behind these bytes, and nothing more.</summary>
        private static byte[] Huge(params byte[] head) =>
            HostileServer.Message(head.Concat(Enumerable.Repeat((byte)0xff, 4)).ToArray());

        private static byte[] Nested(byte head) =>
            HostileServer.Message(Enumerable.Repeat(head, 90_000).ToArray());

        private static byte[] Fragments()
        {
            var first = HostileServer.Frame(0x02, new byte[1000]);
            var next = HostileServer.Frame(0x00, new byte[1000]);
            return first.Concat(Enumerable.Repeat(next, Limit / 1000 + 1).SelectMany(part => part)).ToArray();
        }
    }
}
