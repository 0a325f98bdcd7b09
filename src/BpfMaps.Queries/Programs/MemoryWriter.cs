using System.Runtime.InteropServices;
using BpfMaps.Queries.Assembly;

namespace BpfMaps.Queries.Programs;

/// <summary>Writes loads, stores and copies at any offset.</summary>
internal static class MemoryWriter
{
    /// <summary>The largest offset in an instruction, with space for what is accessed there.</summary>
    private const int LargestOffset = short.MaxValue - sizeof(ulong);

    /// <summary>Whether the kernel accepts numbers that are not aligned to their size.</summary>
    private static readonly bool s_isUnalignedFine =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64 or Architecture.Ppc64le or Architecture.S390x;

    /// <summary>Loads a number; the register of the result is used for the address if the offset is large.</summary>
    public static void LoadAt(this CodeWriter code, Register destination, Register address, int offset, int size)
    {
        if (offset > LargestOffset)
        {
            code.Move(destination, address);
            code.Apply(Operation.Add, destination, offset);
            (address, offset) = (destination, 0);
        }
        code.Load(destination, address, offset, size);
    }

    /// <summary>Copies bytes. Uses R1, and R2 and R3 for far ones.</summary>
    public static void Copy(this CodeWriter code, Register from, int fromOffset, Register to, int toOffset, int size)
    {
        for (int at = 0; at < size; )
        {
            if (Math.Max(fromOffset, toOffset) + at > LargestOffset)
            {
                code.Move(Register.R2, from);
                code.Apply(Operation.Add, Register.R2, fromOffset + at);
                code.Move(Register.R3, to);
                code.Apply(Operation.Add, Register.R3, toOffset + at);
                (from, fromOffset, to, toOffset) = (Register.R2, -at, Register.R3, -at);
            }
            int width = Width(fromOffset + at | toOffset + at, size - at);
            code.Load(Register.R1, from, fromOffset + at, width);
            code.Store(to, toOffset + at, Register.R1, width);
            at += width;
        }
    }

    /// <summary>Gets the largest number of bytes that one instruction can access.</summary>
    /// <param name="offset">The offset; memory begins at a multiple of 8.</param>
    /// <param name="size">The number of bytes from there.</param>
    public static int Width(int offset, int size)
    {
        int width = sizeof(ulong);
        while (width > size || (!s_isUnalignedFine && offset % width != 0))
            width /= 2;
        return width;
    }
}
