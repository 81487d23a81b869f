#nullable enable

using System;
using Xunit;

namespace HeTu.Tests.Client
{
    public class UrlTests
    {
        [Theory]
        [InlineData("http://127.0.0.1:2466/hetu/walking")]
        [InlineData("127.0.0.1:2466/hetu/walking")]
        [InlineData("")]
        public void A_url_of_another_scheme_is_refused_when_the_client_is_made(string url)
        {
            var error = Assert.Throws<ArgumentException>(() => new HetuClient(url));
            Assert.Contains("begins with ws:// or wss://; got " + url, error.Message);
        }
    }
}
