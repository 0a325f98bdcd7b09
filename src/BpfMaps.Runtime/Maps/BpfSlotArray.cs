using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>What arrays have in common whose slots are empty or hold an object of the kernel's: a program, a device, a socket. A descriptor or a number fills a slot.</summary>
/// <remarks>Every single operation is one system call and allocates nothing. What is in a slot stays there when the descriptor that filled it is closed.</remarks>
[SkipLocalsInit]
public abstract class BpfSlotArray : BpfIndexedMap
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys are no indices of 4 bytes.</exception>
    protected BpfSlotArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Empties all slots, one after another: the kernel has no batch for it.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Clear()
    {
        for (int index = 0; index < Length; index++)
            Empty(index);
    }

    /// <summary>Fills a slot with what a descriptor stands for.</summary>
    private protected BpfUpdateResult Put(int index, SafeHandle handle, BpfUpdateFlags flags = BpfUpdateFlags.Any)
    {
        ReadOnlySpan<byte> key = KeyOf(in index);
        using DescriptorBytes value = new(handle, (stackalloc byte[sizeof(ulong)])[..Raw.ValueSize]);
        return Raw.Update(key, value.Bytes, flags);
    }

    /// <summary>Empties a slot.</summary>
    /// <returns><see langword="false"/> if the kernel says that it was empty already; not every kind does.</returns>
    private protected bool Empty(int index) => Raw.Delete(KeyOf(in index));

    /// <summary>Reads what the kernel tells of the object in a slot.</summary>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    private protected bool TryRead<TValue>(int index, out TValue value)
        where TValue : unmanaged => SlotReading.TryRead(Raw, KeyOf(in index), out value);

    /// <summary>Counts the filled slots by asking each.</summary>
    private protected int CountFilled<TValue>()
        where TValue : unmanaged
    {
        int count = 0;
        BpfSlotEnumerator<TValue> filled = new(Raw);
        while (filled.MoveNext())
            count++;
        return count;
    }
}
