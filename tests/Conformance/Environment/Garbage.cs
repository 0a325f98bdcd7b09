using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Makes sure that bytes nobody wrote are not zero by luck.</summary>
internal static class Garbage
{
    /// <summary>Fills a variable, its padding included. Assign the fields one by one afterwards: a whole struct would overwrite the padding.</summary>
    public static void Fill<T>(ref T variable, byte garbage)
        where T : unmanaged
        => MemoryMarshal.AsBytes(new Span<T>(ref variable)).Fill(garbage);

    /// <summary>Fills the stack below the caller, where the next method puts its locals.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FillStack(byte garbage)
    {
        Span<byte> stack = stackalloc byte[16 * 1024];
        stack.Fill(garbage);
        GC.KeepAlive(stack[^1]);
    }
}
