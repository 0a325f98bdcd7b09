using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

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
    private protected BpfSlotArray(RawMap raw, BpfMapSchema schema)
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
}

/// <summary>What those of the arrays with slots have in common of which the kernel tells what is in a slot.</summary>
/// <typeparam name="TValue">What it tells of the object in a slot.</typeparam>
[SkipLocalsInit]
public abstract class BpfSlotArray<TValue> : BpfSlotArray, IEnumerable<KeyValuePair<int, TValue>>
    where TValue : unmanaged
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys are no indices of 4 bytes.</exception>
    private protected BpfSlotArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Counts the filled slots, with one system call a slot.</summary>
    /// <returns>How many there were; while others write, a number near it.</returns>
    /// <exception cref="InvalidOperationException">The map was created so that nothing can be read from it.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public int Count()
    {
        int count = 0;
        foreach (KeyValuePair<int, TValue> _ in this)
            count++;
        return count;
    }

    /// <summary>Walks over the filled slots, their indices and what is in them. Nothing is allocated per slot.</summary>
    /// <returns>The enumerator.</returns>
    /// <exception cref="InvalidOperationException">The map was created so that nothing can be read from it.</exception>
    public BpfSlotEnumerator<TValue> GetEnumerator()
    {
        CheckLookups();
        return new(Raw);
    }

    IEnumerator<KeyValuePair<int, TValue>> IEnumerable<KeyValuePair<int, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads what the kernel tells of the object in a slot.</summary>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    private protected bool TryRead(int index, out TValue value)
    {
        CheckLookups();
        return SlotReading.TryRead(Raw, KeyOf(in index), out value);
    }

    /// <summary>Throws <see cref="InvalidOperationException"/> for a map that gives nothing back because of how it was created.</summary>
    private protected virtual void CheckLookups()
    {
    }
}
