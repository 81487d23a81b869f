#nullable enable

using System;

// The part of Unity's API that the sample uses, for the compiler only.
namespace UnityEngine
{
    public enum KeyCode
    {
        Space,
    }

    public enum PrimitiveType
    {
        Capsule,
    }

    public class Object
    {
        public string name { get; set; } = "";

        public static void Destroy(Object target) => throw new NotSupportedException();
    }

    public class GameObject : Object
    {
        public Transform transform => throw new NotSupportedException();

        public static GameObject CreatePrimitive(PrimitiveType type) => throw new NotSupportedException();
    }

    public class Transform : Object
    {
        public Vector3 position { get; set; }
    }

    public class MonoBehaviour : Object
    {
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class SerializeField : Attribute
    {
    }

    public struct Vector2 : IEquatable<Vector2>
    {
        public float x;
        public float y;

        public Vector2(float x, float y)
        {
            this.x = x;
            this.y = y;
        }

        public static Vector2 zero => default;

        public Vector2 normalized => throw new NotSupportedException();

        public static Vector2 operator +(Vector2 a, Vector2 b) => throw new NotSupportedException();

        public static Vector2 operator *(Vector2 a, float b) => throw new NotSupportedException();

        public static bool operator ==(Vector2 a, Vector2 b) => a.Equals(b);

        public static bool operator !=(Vector2 a, Vector2 b) => !a.Equals(b);

        public bool Equals(Vector2 other) => x.Equals(other.x) && y.Equals(other.y);

        public override bool Equals(object? obj) => obj is Vector2 other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(x, y);
    }

    public struct Vector3
    {
        public Vector3(float x, float y, float z) => throw new NotSupportedException();
    }

    public static class Mathf
    {
        public static float Clamp(float value, float min, float max) => throw new NotSupportedException();
    }

    public static class Time
    {
        public static float time => throw new NotSupportedException();
    }

    public static class Input
    {
        public static bool GetKeyDown(KeyCode key) => throw new NotSupportedException();

        public static float GetAxisRaw(string axis) => throw new NotSupportedException();
    }

    public static class Debug
    {
        public static void Log(object message) => throw new NotSupportedException();

        public static void LogWarning(object message) => throw new NotSupportedException();

        public static void LogError(object message) => throw new NotSupportedException();
    }

    public static class PlayerPrefs
    {
        public static string GetString(string key) => throw new NotSupportedException();

        public static void SetString(string key, string value) => throw new NotSupportedException();
    }
}
