#nullable enable

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace HeTu.Tests.Session
{
    public class UntypedCallTests
    {
        [Fact]
        public void A_call_by_name_that_nobody_waits_for_tells_of_its_failure_through_OnError()
        {
            using var scenario = new Scenario();
            var errors = new List<Exception>();
            scenario.Client.OnError += errors.Add;
            var connection = scenario.Accept();
            scenario.Client.CallSystem("walk", 1f, 2L);
            Assert.Equal(new object[] { 1.0, 2L }, connection.Expect("rpc", "walk"));
            scenario.Say(connection, "rej", "walk", "FORBIDDEN");
            Assert.Equal("FORBIDDEN", Assert.IsType<CallRejectedException>(Assert.Single(errors)).Code);
        }

        [Fact]
        public async Task A_call_by_name_can_be_given_up()
        {
            using var scenario = new Scenario();
            using var stop = new CancellationTokenSource();
            var call = scenario.Client.CallSystemAsync("walk", new object?[] { 1 }, stop.Token);
            stop.Cancel();
            scenario.Tick();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        [Fact]
        public void A_call_by_name_can_be_sent_once_with_a_time_near_that_of_this_machine()
        {
            using var scenario = new Scenario();
            var connection = scenario.Accept();
            var before = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds();
            _ = scenario.Client.CallSystemAsync("walk", new object?[] { 1 }, once: true);
            var first = connection.Expect("once");
            var id = Assert.IsType<byte[]>(first[0]);
            Assert.Equal("walk", first[1]);
            Assert.True(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(id) > before);
            scenario.Drop(connection);
            scenario.Advance(3_000);
            Assert.Equal(id, scenario.Accept().Expect("once")[0]);
        }
    }
}
