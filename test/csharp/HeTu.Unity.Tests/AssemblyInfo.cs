#nullable enable

using Xunit;

// There is one player loop and one driver in a process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
