using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Base class of arrays whose slots are empty or contain a kernel object: a program, a device, a socket. Slots are set with a descriptor or
/// a number.
/// </summary>
/// <remarks>
/// Operations on single slots are one system call and allocate nothing. A slot keeps its object after the descriptor is closed.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfSlotArray : BpfIndexedMap
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    private protected BpfSlotArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Empties all slots, one by one because the kernel has no batch operation for it.</summary>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Clear()
    {
        for (int index = 0; index < Length; index++)
            Empty(index);
    }

    /// <summary>Sets a slot to the object of a descriptor.</summary>
    private protected BpfUpdateResult Put(int index, SafeHandle handle, BpfUpdateFlags flags = BpfUpdateFlags.Any)
    {
        ReadOnlySpan<byte> key = KeyOf(in index);
        using DescriptorBytes value = new(handle, (stackalloc byte[sizeof(ulong)])[..Raw.ValueSize]);
        return Raw.Update(key, value.Bytes, flags);
    }

    /// <summary>Empties a slot.</summary>
    /// <returns><see langword="false"/> if the kernel reports that it was already empty, which depends on the map type.</returns>
    private protected bool Empty(int index) => Raw.Delete(KeyOf(in index));
}
