#nullable enable

using System;
using Xunit;

namespace HeTu.Tests.Session
{
    public class ProtocolMemoryTests
    {
        private const string Url = "ws://server";

        [Fact]
        public void Nothing_is_known_of_a_server_that_was_never_asked_and_its_first_failure_is_taken_for_hetu1()
        {
            var memory = new ProtocolMemory(new ManualClock());
            Assert.False(memory.SpeaksHetu1(Url));
            Assert.True(memory.Failed(Url));
            Assert.True(memory.Failed(Url));
            Assert.False(memory.SpeaksHetu1(Url));
        }

        [Fact]
        public void It_remembers_for_ten_minutes_that_a_server_spoke_hetu1()
        {
            var clock = new ManualClock();
            var memory = new ProtocolMemory(clock);
            memory.Remember(Url, false);
            Assert.False(memory.SpeaksHetu1("ws://other"));
            clock.Advance(TimeSpan.FromMinutes(10).TotalMilliseconds - 1);
            Assert.True(memory.SpeaksHetu1(Url));
            clock.Advance(1);
            Assert.False(memory.SpeaksHetu1(Url));
        }

        [Fact]
        public void A_server_that_has_spoken_hetu2_must_fail_three_times_in_a_row()
        {
            var memory = new ProtocolMemory(new ManualClock());
            memory.Remember(Url, true);
            Assert.False(memory.Failed(Url));
            Assert.False(memory.Failed(Url));
            memory.Remember(Url, true);
            Assert.False(memory.Failed(Url));
            Assert.False(memory.Failed(Url));
            Assert.True(memory.Failed(Url));
            // From then on it is one of which nothing is known.
            Assert.True(memory.Failed(Url));
        }

        [Fact]
        public void What_was_spoken_last_counts()
        {
            var memory = new ProtocolMemory(new ManualClock());
            memory.Remember(Url, true);
            memory.Remember(Url, false);
            Assert.True(memory.SpeaksHetu1(Url));
            Assert.True(memory.Failed(Url));
            memory.Remember(Url, true);
            Assert.False(memory.SpeaksHetu1(Url));
            Assert.False(memory.Failed(Url));
        }
    }
}
