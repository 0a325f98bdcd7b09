using BpfMaps.Queries.Assembly;

namespace BpfMaps.Queries.Programs;

/// <summary>Writes loads, stores and copies at any offset.</summary>
internal static class MemoryWriter
{
    /// <summary>The largest offset in an instruction, with space for what is accessed there.</summary>
    private const int LargestOffset = short.MaxValue - sizeof(ulong);

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

    /// <summary>Loads a number of 1, 2, 4 or 8 bytes at any offset, in parts if the kernel only accepts aligned ones.</summary>
    public static void LoadNumber(this CodeWriter code, Register destination, Register address, int offset, int size, Register scratch)
    {
        int width = code.Width(offset, size);
        code.LoadAt(destination, address, offset + size - width, width);
        // The architectures that need parts are little endian.
        for (int at = size - (2 * width); at >= 0; at -= width)
        {
            code.Apply(Operation.ShiftLeft, destination, 8 * width);
            code.LoadAt(scratch, address, offset + at, width);
            code.Apply(Operation.Or, destination, scratch);
        }
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
            int width = code.Width(fromOffset + at | toOffset + at, size - at);
            code.Load(Register.R1, from, fromOffset + at, width);
            code.Store(to, toOffset + at, Register.R1, width);
            at += width;
        }
    }

    /// <summary>Gets the largest number of bytes that one instruction can access.</summary>
    /// <param name="code">The writer of the instruction.</param>
    /// <param name="offset">The offset; memory begins at a multiple of 8.</param>
    /// <param name="size">The number of bytes from there.</param>
    public static int Width(this CodeWriter code, int offset, int size)
    {
        int width = sizeof(ulong);
        while (width > size || (code.IsAligned && offset % width != 0))
            width /= 2;
        return width;
    }
}
