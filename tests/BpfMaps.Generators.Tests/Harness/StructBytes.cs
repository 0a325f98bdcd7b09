using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>Accesses values and bytes of structs that a test compiled.</summary>
internal static class StructBytes
{
    public static int SizeOf(Type type) => (int)Generic(nameof(SizeOfT), type);

    public static byte[] Of(object value) => (byte[])Generic(nameof(ToBytes), value.GetType(), value);

    public static object Read(Type type, byte[] bytes) => Generic(nameof(FromBytes), type, bytes);

    /// <summary>Gets the value of a field or property.</summary>
    public static object Get(object value, string member) =>
        value.GetType().GetField(member)?.GetValue(value) ?? value.GetType().GetProperty(member)!.GetValue(value)!;

    private static object Generic(string method, Type type, params object[] arguments) =>
        typeof(StructBytes)
            .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type)
            .Invoke(null, arguments)!;

    private static int SizeOfT<T>() => Unsafe.SizeOf<T>();

    private static T FromBytes<T>(byte[] bytes)
        where T : struct => MemoryMarshal.Read<T>(bytes);

    private static byte[] ToBytes<T>(T value)
        where T : struct => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}
