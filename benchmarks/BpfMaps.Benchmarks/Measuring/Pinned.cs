using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>Pinned arrays, so that both sides read the same memory.</summary>
internal static unsafe class Pinned
{
    public static T[] Array<T>(int count, Func<int, T> element)
        where T : unmanaged
    {
        T[] array = GC.AllocateUninitializedArray<T>(count, pinned: true);
        for (int index = 0; index < count; index++)
            array[index] = element(index);
        return array;
    }

    /// <summary>Gets the address of an array from <see cref="Array"/>.</summary>
    public static T* Address<T>(T[] pinned)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
