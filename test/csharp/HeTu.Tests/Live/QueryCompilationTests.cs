#nullable enable

using System;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace HeTu.Tests.Live
{
    /// <summary>What the compiler says of queries: part of the promise is what does not compile.</summary>
    public class QueryCompilationTests
    {
        private const string Schema = @"
            using System.Threading.Tasks;
            using HeTu;

            public sealed class Position : IRow
            {
                public long Id => 0;
                public static class Index
                {
                    public static readonly Index<Position, float> X = null!;
                    public static readonly UniqueIndex<Position, long> Owner = null!;
                    public static readonly Index<Position, int, float> ZoneX = null!;
                    public static readonly UniqueIndex<Position, int, long> ZoneOwner = null!;
                }
            }

            public sealed class Account : IRow
            {
                public long Id => 0;
                public static class Index
                {
                    public static readonly Index<Account, int> Number = null!;
                    public static readonly UniqueIndex<Account, string> Name = null!;
                }
            }

            public static class Application
            {
                public static async Task RunAsync(HetuClient client)
                {
                    var query = client.Query<Position>();
                    var accounts = client.Query<Account>();
                    await Task.Yield();
                    _ = query;
                    _ = accounts;
                    STATEMENT
                }
            }";

        private static readonly MetadataReference[] References =
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                    || Path.GetFileName(path) == "netstandard.dll")
                .Append(typeof(HetuClient).Assembly.Location)
                .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
                .ToArray();

        [Theory]
        [InlineData("LiveRange<Position> r = await query.Range(Position.Index.X, 0f, 9f).Limit(100).SubscribeAsync();")]
        [InlineData("query.Range(Position.Index.X, 0, 10).Subscribe();")]
        [InlineData("query.Range(Position.Index.X).Descending().Subscribe();")]
        [InlineData("await query.Range(Position.Index.X, Bound.Exclusive(0f), Bound<float>.Open).FetchAsync();")]
        [InlineData("LiveRow<Position> me = await query.Where(Position.Index.Owner, 7).SingleAsync();")]
        [InlineData("query.Where(Position.Index.ZoneX, 3).Subscribe();")]
        [InlineData("query.Where(Position.Index.ZoneX, 3, 0.5f).Subscribe();")]
        [InlineData("query.Range(Position.Index.ZoneX, (3, 0.5f), 4).Subscribe();")]
        [InlineData("query.Range(Position.Index.ZoneX, (3, 1f), Bound.Exclusive(3, 2f)).Subscribe();")]
        [InlineData("query.Where(Position.Index.ZoneOwner, 3, 7L).Single();")]
        [InlineData("query.Where(Position.Index.ZoneOwner, 3).Subscribe();")]
        [InlineData("accounts.Where(Account.Index.Name, \"Ada\").Single();")]
        [InlineData("accounts.Range(Account.Index.Name, \"a\", Bound<string>.Open).Subscribe();")]
        [InlineData("await foreach (var change in query.Range(Position.Index.X).Subscribe()) { _ = change.Row?.Id; }")]
        [InlineData("client.Query(\"Position\", \"owner\", 1, 999, 100).Dispose();")]
        public void Compiles(string statement)
        {
            Assert.Empty(Errors(statement));
        }

        [Theory]
        [InlineData("query.Range(Position.Index.X, \"0\", \"10\");")]
        [InlineData("query.Range(Position.Index.X, 0.0, 10.0);")]
        [InlineData("query.Range(Position.Index.Owner, 0.5f, 1f);")]
        [InlineData("query.Range(Account.Index.Number, 1, 2);")]
        [InlineData("query.Where(Account.Index.Number, 1);")]
        [InlineData("query.Where(Position.Index.X, 1f).Single();")]
        [InlineData("query.Where(Position.Index.ZoneX, 3, 0.5f).Single();")]
        [InlineData("query.Where(Position.Index.ZoneOwner, 3).Single();")]
        [InlineData("query.Where(Position.Index.ZoneX, 0.5f);")]
        [InlineData("query.Where(Position.Index.ZoneX, 3, 0.5f, 1);")]
        [InlineData("query.Range(Position.Index.ZoneX, (0.5f, 3), 4);")]
        [InlineData("query.Range(Position.Index.X, Bound.Exclusive(0.5), 4f);")]
        [InlineData("accounts.Where(Account.Index.Name, 3);")]
        [InlineData("client.Query<string>();")]
        public void Does_not_compile(string statement)
        {
            var error = Assert.Single(Errors(statement).Distinct().Take(1));
            Assert.Contains(
                error,
                new[] { "CS0311", "CS0411", "CS1061", "CS1501", "CS1503", "CS7036" });
        }

        private static string[] Errors(string statement)
        {
            var tree = CSharpSyntaxTree.ParseText(
                Schema.Replace("STATEMENT", statement, StringComparison.Ordinal),
                new CSharpParseOptions(LanguageVersion.CSharp9));
            var compilation = CSharpCompilation.Create(
                "application",
                new[] { tree },
                References,
                new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
            return compilation.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => diagnostic.Id)
                .ToArray();
        }
    }
}
