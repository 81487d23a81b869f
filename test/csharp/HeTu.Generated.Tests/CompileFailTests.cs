#nullable enable

using System;
using System.IO;
using System.Linq;
using HeTu.Kitchen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace HeTu.Generated.Tests
{
    /// <summary>What an application cannot do with generated code, as the C# compiler says.</summary>
    public class CompileFailTests
    {
        private const string Application = @"
            using System.Threading.Tasks;
            using HeTu;
            using HeTu.Kitchen;

            public static class Application
            {
                public static async Task RunAsync(KitchenClient client)
                {
                    var query = client.Query<Everything>();
                    await Task.Yield();
                    _ = query;
                    STATEMENT
                }
            }";

        private static readonly MetadataReference[] References =
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(System.IO.Path.PathSeparator)
                .Where(path => System.IO.Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                    || System.IO.Path.GetFileName(path) == "netstandard.dll")
                .Append(typeof(HetuClient).Assembly.Location)
                .Append(typeof(KitchenClient).Assembly.Location)
                .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
                .ToArray();

        [Theory]
        [InlineData("await query.Range(Everything.Index.X, 0f, Bound.Exclusive(1f)).SubscribeAsync();")]
        [InlineData("await query.Where(Everything.Index.Huge, 7ul).SingleAsync();")]
        [InlineData("query.Range(Everything.Index.RankBigLabel, (Rank.Captain, 1L), (Rank.Captain, 9L)).Subscribe();")]
        [InlineData("query.Where(Everything.Index.ZoneLabel, (ushort)3, \"a\").Single();")]
        [InlineData("await client.Systems.MoveToAsync(1, 2);")]
        [InlineData("Path bought = await client.Systems.BuyAsync(1, 2u); _ = bought.Points.Count;")]
        [InlineData("client.Events.On<Shout>(shout => _ = shout.Text.Length);")]
        public void What_the_schema_allows_compiles(string statement)
        {
            Assert.Equal("", ErrorOf(statement));
        }

        [Theory]
        // A bound of another type than the column's.
        [InlineData("query.Range(Everything.Index.X, \"0\", \"1\");", "CS1503")]
        [InlineData("query.Where(Everything.Index.Rank, Mood.Calm);", "CS1503")]
        // A column without an index.
        [InlineData("query.Where(Everything.Index.Y, 1);", "CS0117")]
        // A column that only admins get, and one that only the owner gets.
        [InlineData("_ = query.Where(Everything.Index.Secret, \"\");", "CS0117")]
        [InlineData("_ = client.Query<Profile>().Where(Profile.Index.Email, \"\");", "CS0117")]
        // A composite index in another order than its own.
        [InlineData("query.Range(Everything.Index.ZoneX, (0.5f, (ushort)1), (1f, (ushort)1));", "CS1503")]
        // One row of an index that may have more.
        [InlineData("await query.Where(Everything.Index.X, 1f).SingleAsync();", "CS1061")]
        // An index of another component.
        [InlineData("query.Where(Inventory.Index.Owner, 1L);", "CS1503")]
        // Arguments of another type, too few of them, and one that is no name of a parameter.
        [InlineData("await client.Systems.MoveToAsync(\"1\", 2f);", "CS1503")]
        [InlineData("await client.Systems.MoveToAsync(1f);", "CS7036")]
        [InlineData("await client.Systems.MoveToAsync(1.5, 2f);", "CS1503")]
        // What is for the server and for admins only.
        [InlineData("await client.Systems.PayAsync(1);", "CS1061")]
        [InlineData("await client.Systems.AuditAsync(\"\");", "CS1061")]
        // Results and rows are what the server says.
        [InlineData("string bought = await client.Systems.BuyAsync(1, 2u);", "CS0029")]
        [InlineData("Everything row = default!; row.X = 1f;", "CS0200")]
        [InlineData("_ = new Everything(1);", "CS1729")]
        // Events and components are told apart.
        [InlineData("client.Query<Shout>();", "CS0311")]
        public void What_it_does_not_allow_does_not_compile(string statement, string code)
        {
            Assert.Equal(code, ErrorOf(statement));
        }

        private static string ErrorOf(string statement)
        {
            var tree = CSharpSyntaxTree.ParseText(
                Application.Replace("STATEMENT", statement, StringComparison.Ordinal),
                new CSharpParseOptions(LanguageVersion.CSharp9));
            var options = new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable);
            return CSharpCompilation.Create("application", new[] { tree }, References, options)
                .GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => diagnostic.Id)
                .FirstOrDefault() ?? "";
        }
    }
}
