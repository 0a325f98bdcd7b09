using System.Collections;
using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of arrays of kernel objects whose slots can be read.</summary>
/// <typeparam name="TValue">The content of a slot.</typeparam>
[SkipLocalsInit]
public abstract class BpfSlotArray<TValue> : BpfSlotArray, IEnumerable<KeyValuePair<int, TValue>>
    where TValue : unmanaged
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    private protected BpfSlotArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Counts the filled slots, with one system call per slot.</summary>
    /// <returns>The number of elements, approximate if the map is modified during the call.</returns>
    /// <exception cref="InvalidOperationException">The map was created in a way that prevents lookups.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public int Count()
    {
        int count = 0;
        foreach (KeyValuePair<int, TValue> _ in this)
            count++;
        return count;
    }

    /// <summary>Enumerates the indices and contents of the filled slots, without allocating per slot.</summary>
    /// <returns>The enumerator.</returns>
    /// <exception cref="InvalidOperationException">The map was created in a way that prevents lookups.</exception>
    public BpfSlotEnumerator<TValue> GetEnumerator()
    {
        CheckLookups();
        return new(Raw);
    }

    IEnumerator<KeyValuePair<int, TValue>> IEnumerable<KeyValuePair<int, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads the content of a slot.</summary>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    private protected bool TryRead(int index, out TValue value)
    {
        CheckLookups();
        return SlotReading.TryRead(Raw, KeyOf(in index), out value);
    }

    /// <summary>Throws <see cref="InvalidOperationException"/> if the map was created in a way that prevents lookups.</summary>
    private protected virtual void CheckLookups() { }
}
