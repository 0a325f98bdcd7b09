using Microsoft.Win32.SafeHandles;

namespace BpfMaps;

/// <summary>Programs of BPF objects in the maps that hold programs.</summary>
public static class BpfObjectProgramExtensions
{
    /// <summary>Puts a program into a slot, in place of what is there (BPF_MAP_UPDATE_ELEM, Linux 4.2).</summary>
    /// <param name="programs">The array.</param>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="program">A program of a loaded object. The slot keeps it when the object is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="InvalidOperationException">The program's object is not loaded, or <see cref="BpfObjectProgram.AutoLoad"/> was off.</exception>
    /// <exception cref="BpfException">The program is of another type than the array's (EINVAL).</exception>
    public static void Set(this BpfProgArray programs, int index, BpfObjectProgram program)
    {
        ArgumentNullException.ThrowIfNull(programs);
        using SafeFileHandle handle = Borrow(program);
        programs.Set(index, handle);
    }

    /// <summary>The descriptor stays the object's.</summary>
    private static SafeFileHandle Borrow(BpfObjectProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new SafeFileHandle(program.FileDescriptor, ownsHandle: false);
    }
}
