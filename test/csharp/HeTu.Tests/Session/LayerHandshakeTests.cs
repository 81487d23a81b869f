#nullable enable

using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Session
{
    public class LayerHandshakeTests
    {
        [Theory]
        [InlineData(HetuProtocols.Hetu1)]
        [InlineData(HetuProtocols.Automatic)]
        public async Task Messages_go_through_the_layers_in_order_and_back_in_reverse(HetuProtocols protocols)
        {
            using var scenario = Layered(protocols, "crypto", "zlib");
            var isHetu2 = protocols == HetuProtocols.Automatic;
            var connection = scenario.Server.Next();
            connection.Opened(isHetu2 ? "hetu.2" : null);
            scenario.Tick();
            // zlib before crypto, whatever the order of the option.
            Assert.Equal(new byte[] { 0x92, 0xc4, 1, 4, 0xc4, 1, 6 }, connection.Handshake());
            connection.SendBytes(0x92, 0xc4, 1, 4, 0xc4, 1, 6);
            scenario.Tick();
            if (isHetu2)
            {
                connection.Expect(0);
                Say(connection, 0, 0, null, null, 0, false);
                scenario.Tick();
            }

            var call = scenario.Client.Systems.EchoAsync("a");
            Assert.Equal(3, connection.Next().Length);
            if (isHetu2) Say(connection, 1, "A");
            else Say(connection, "rsp", "A");
            scenario.Tick();
            Assert.Equal("A", await call);
        }

        [Fact]
        public void A_server_that_refuses_them_closes_the_client_with_a_reason()
        {
            using var scenario = Layered(HetuProtocols.Hetu1, "crypto");
            var connection = scenario.Server.Next();
            connection.Opened(null);
            scenario.Tick();
            connection.SendBytes(0x90);
            scenario.Tick();
            var lost = Assert.IsType<ConnectionLostException>(scenario.Client.Connection.Error);
            Assert.Equal(4005, lost.CloseCode);
            Assert.Contains("the key of crypto is not the server's", lost.Message, StringComparison.Ordinal);
            Assert.Equal(ConnectionStatus.Closed, scenario.Client.Connection.Status);
        }

        [Fact]
        public void A_server_that_hangs_up_in_the_handshake_is_explained()
        {
            using var scenario = Layered(HetuProtocols.Hetu1, "zlib");
            var connection = scenario.Server.Next();
            connection.Opened(null);
            scenario.Tick();
            scenario.Drop(connection, 1002);
            Assert.Contains(
                "this client's layers are jsonb, zlib (HetuOptions.Layers)",
                scenario.Client.Connection.Error!.Message,
                StringComparison.Ordinal);
        }

        [Fact]
        public void A_layer_that_cannot_decode_drops_the_link_and_is_freed()
        {
            MarkingLayer? made = null;
            using var scenario = new Scenario(options => options.Layers.Hetu1 = new Func<ILayer>[]
            {
                () => made = new MarkingLayer("zlib"),
            });
            var connection = scenario.Server.Next();
            connection.Opened(null);
            scenario.Tick();
            connection.SendBytes(0x91, 0xc4, 1, 4);
            scenario.Tick();
            connection.SendBytes(0x90);
            scenario.Tick();
            Assert.True(connection.IsClosed);
            Assert.True(made!.IsDisposed);
        }

        private static Scenario Layered(HetuProtocols protocols, params string[] names)
        {
            var factories = names.Select(name => (Func<ILayer>)(() => new MarkingLayer(name))).ToArray();
            return new Scenario(options =>
            {
                options.Protocols = protocols;
                options.Layers = new LayerOptions { Hetu1 = factories, Hetu2 = factories };
            });
        }

        /// <summary>As a server with both layers would: zlib first, then crypto, each with its mark.</summary>
        private static void Say(ScriptedConnection connection, params object?[] frame)
        {
            var writer = new MessagePackWriter();
            writer.WriteInt64(6);
            writer.WriteInt64(4);
            UntypedValue.Write(writer, frame, "frame");
            connection.SendBytes(writer.ToArray());
        }
    }
}
