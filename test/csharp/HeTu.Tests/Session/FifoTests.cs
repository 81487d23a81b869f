#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace HeTu.Tests.Session
{
    public class FifoTests
    {
        [Fact]
        public void It_behaves_like_a_list_under_thousands_of_random_operations()
        {
            var random = new Random(7);
            var fifo = new Fifo<string>();
            var model = new List<string>();
            for (var round = 0; round < 5_000; round++)
            {
                var item = round.ToString(System.Globalization.CultureInfo.InvariantCulture);
                switch (random.Next(6))
                {
                    case 0:
                    case 1:
                        fifo.Push(item);
                        model.Add(item);
                        break;
                    case 2:
                        Assert.Equal(model.FirstOrDefault(), fifo.Shift());
                        if (model.Count > 0) model.RemoveAt(0);
                        break;
                    case 3:
                        var front = Enumerable.Range(0, random.Next(20)).Select(at => $"{item}.{at}").ToList();
                        fifo.Prepend(front);
                        model.InsertRange(0, front);
                        break;
                    case 4:
                        var chosen = model.Count > 0 ? model[random.Next(model.Count)] : item;
                        Assert.Equal(model.Remove(chosen), fifo.Remove(chosen));
                        break;
                    default:
                        if (random.Next(50) > 0) break;
                        Assert.Equal(model, fifo.Drain());
                        model.Clear();
                        break;
                }

                Assert.Equal(model.Count, fifo.Count);
            }

            Assert.Equal(model, fifo.Drain());
        }
    }
}
