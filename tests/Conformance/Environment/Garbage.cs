using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Fills memory with garbage, so that unwritten bytes are not zero by chance.</summary>
internal static class Garbage
{
    /// <summary>
    /// Fills a variable including its padding. Assign its fields individually afterwards: assigning the whole struct would overwrite the
    /// padding.
    /// </summary>
    public static void Fill<T>(ref T variable, byte garbage)
        where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref variable)).Fill(garbage);

    /// <summary>Fills the stack below the caller, where the next method has its locals.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FillStack(byte garbage)
    {
        Span<byte> stack = stackalloc byte[16 * 1024];
        stack.Fill(garbage);
        GC.KeepAlive(stack[^1]);
    }
}
