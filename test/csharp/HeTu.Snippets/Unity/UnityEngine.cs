#nullable enable

using System.Threading;

// Stand-ins: the signatures of Unity 2022.2 that the snippets use.
namespace UnityEngine
{
    public class Object
    {
        public string name { get; set; } = "";

        public static void Destroy(Object? thing)
        {
        }
    }

    public class Component : Object
    {
        public Transform transform { get; } = null!;
    }

    public class MonoBehaviour : Component
    {
        public CancellationToken destroyCancellationToken { get; }
    }

    public sealed class Transform : Component
    {
        public Vector3 position { get; set; }
    }

    public enum PrimitiveType
    {
        Capsule,
    }

    public sealed class GameObject : Object
    {
        public Transform transform { get; } = null!;

        public static GameObject CreatePrimitive(PrimitiveType type) => new GameObject();
    }

    public readonly struct Vector3
    {
        public Vector3(float x, float y, float z)
        {
        }
    }

    public static class SystemInfo
    {
        public static string deviceUniqueIdentifier => "";
    }
}
