#nullable enable

using System.Threading;
using System.Threading.Tasks;

namespace HeTu
{
    /// <summary>Calls by name.</summary>
    internal static class UntypedCalls
    {
        /// <exception cref="SchemaValueException">When an argument is of a type that does not travel.</exception>
        internal static Task<object?> CallAsync(
            CallScope scope,
            string name,
            object?[] arguments,
            bool once,
            CancellationToken cancellationToken)
        {
            var callable = Find(scope.Session.Schema, name) ?? new Callable(name, -1, once);
            var writer = WriterPool.Rent();
            for (var at = 0; at < arguments.Length; at++)
            {
                UntypedValue.Write(writer, arguments[at], $"{name}[{at}]");
            }

            return scope.Session.CallAsync(
                callable,
                ResultReaders.Untyped,
                writer,
                arguments.Length,
                scope,
                cancellationToken);
        }

        /// <summary>A client with generated code knows which systems are <c>@once</c>.</summary>
        private static Callable? Find(Schema schema, string name)
        {
            foreach (var callable in schema.Callables)
            {
                if (callable.Name == name) return callable;
            }

            return null;
        }
    }
}
