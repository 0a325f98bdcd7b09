using System.Runtime.CompilerServices;

namespace BpfMaps.Generators.Shapes;

/// <summary>Unique numbers for immutable objects. No two objects ever have the same number.</summary>
/// <remarks>Shapes compare references and options by these numbers, which do not keep the objects in memory.</remarks>
internal static class Identity
{
    private static readonly ConditionalWeakTable<object, StrongBox<long>> s_numbers = new();

    private static long s_last;

    public static long Of(object instance) => s_numbers.GetValue(instance, static _ => new(Interlocked.Increment(ref s_last))).Value;
}
