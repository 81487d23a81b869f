#nullable enable

using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using HeTu.LiveTests.Support;
using HeTu.Tests.LiveServer;
using HeTu.World;
using Xunit;

namespace HeTu.LiveTests
{
    /// <summary>A server that speaks wss itself, with a certificate that the system does not know.</summary>
    public class SecureSocketTests
    {
        [Fact]
        public async Task A_client_that_is_told_to_trust_the_certificate_speaks_hetu2_over_wss()
        {
            await using var server = await ServeAsync();
            using var trusted = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Pem("cert")));
            var options = Wire.Of("hetu.2").Options();
            options.Transport = new WebSocketTransport(socket => socket.RemoteCertificateValidationCallback =
                (sender, certificate, chain, errors) => certificate!.GetCertHashString() == trusted.Thumbprint);
            await using var client = new CSharpPlayer(server.Url, 1, options);
            Assert.StartsWith("wss://", server.Url);
            await client.WatchAsync();
            await client.MoveToAsync(1, 2).Soon();
            Assert.Equal(new[] { "P1:1,2" }, await client.RowsAsync());
            Assert.Equal("hetu.2", client.Client.Connection.Protocol);
        }

        [Fact]
        public async Task A_certificate_that_nobody_trusts_is_refused_and_the_error_says_so()
        {
            await using var server = await ServeAsync();
            await using var client = new WorldClient(server.Url, null, Wire.Of("hetu.2").Options());
            var lost = Assert.IsType<ConnectionLostException>((await client.Reaches(ConnectionStatus.Waiting)).Error);
            Assert.Contains("certificate", lost.Message);
            Assert.NotNull(lost.InnerException);
        }

        [Fact]
        public async Task A_configuration_that_throws_closes_the_client_with_its_error()
        {
            var options = Wire.Of("hetu.2").Options();
            options.Transport = new WebSocketTransport(_ => throw new FileNotFoundException("no certificate here"));
            await using var client = new WorldClient("wss://127.0.0.1:1/hetu/world", null, options);
            Assert.IsType<FileNotFoundException>((await client.Reaches(ConnectionStatus.Closed)).Error);
        }

        private static string Pem(string name) =>
            Path.Combine(ServerProcess.Repository, "test", "fixtures", "tls", name + ".pem");

        private static async Task<ServerProcess> ServeAsync() => await ServerProcess.StartAsync(new ServerSettings
        {
            Entry = await NodePrograms.PathOfAsync("world"),
            Arguments = new[] { "--cert", Pem("cert"), "--key", Pem("key") },
        });
    }
}
