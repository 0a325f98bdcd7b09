using System.Runtime.CompilerServices;

namespace BpfMaps.Generators.Shapes;

/// <summary>Numbers for objects that never change: the same object has the same number for as long as it lives, and no other one ever gets it.</summary>
/// <remarks>A checksum cannot hold a reference to an assembly, nor the options of a compilation, and must not keep them alive either.</remarks>
internal static class Identity
{
    private static readonly ConditionalWeakTable<object, StrongBox<long>> s_numbers = new();

    private static long s_last;

    public static long Of(object instance) => s_numbers.GetValue(instance, static _ => new(Interlocked.Increment(ref s_last))).Value;
}
