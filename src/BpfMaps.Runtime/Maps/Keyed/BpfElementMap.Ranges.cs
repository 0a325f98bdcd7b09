using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

// Writing many elements in batches.
public abstract partial class BpfElementMap<TKey, TValue>
{
    private const int ElementsPerBatch = 1024;

    /// <summary>Adds or replaces many elements (BPF_MAP_UPDATE_BATCH, Linux 5.6; one by one before).</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="values">One value per key.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="BpfMapFullException">The map is full. The elements before were written; the message says how many.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void SetRange(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values)
    {
        if (!TrySetRange(keys, values, out int written))
            ThrowFull($"{written} of {keys.Length} elements were written.");
    }

    /// <summary>Adds or replaces many elements (BPF_MAP_UPDATE_BATCH, Linux 5.6; one by one before).</summary>
    /// <param name="elements">The elements; they are read once and written in batches.</param>
    /// <exception cref="BpfMapFullException">The map is full. The elements before were written; the message says how many.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void SetRange(IEnumerable<KeyValuePair<TKey, TValue>> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        TKey[] keys = ArrayPool<TKey>.Shared.Rent(ElementsPerBatch);
        TValue[] values = ArrayPool<TValue>.Shared.Rent(ElementsPerBatch);
        try
        {
            long total = 0;
            int count = 0;
            foreach ((TKey key, TValue value) in elements)
            {
                (keys[count], values[count]) = (key, value);
                if (++count == ElementsPerBatch)
                {
                    Flush(count, total);
                    total += count;
                    count = 0;
                }
            }
            Flush(count, total);
        }
        finally
        {
            ArrayPool<TKey>.Shared.Return(keys);
            ArrayPool<TValue>.Shared.Return(values);
        }

        void Flush(int count, long before)
        {
            if (!TrySetRange(keys.AsSpan(0, count), values.AsSpan(0, count), out int written))
                ThrowFull($"{before + written} elements were written.");
        }
    }

    /// <summary>Adds or replaces elements in order until the map is full (BPF_MAP_UPDATE_BATCH, Linux 5.6; one by one before).</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="values">One value per key.</param>
    /// <param name="written">The number of elements written, even if an exception is thrown.</param>
    /// <returns><see langword="false"/> if the map was full at the element with the index <paramref name="written"/>.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TrySetRange(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, out int written)
    {
        written = 0;
        ThrowIfLengthsDiffer(keys.Length, values.Length);
        if (!KeyFormat.HasPadding && !ValueFormat.HasPadding)
            return BatchWriter.Update(Raw, MemoryMarshal.AsBytes(keys), MemoryMarshal.AsBytes(values), out written);

        int chunk = Math.Min(keys.Length, BatchWriter.ElementsPerCopy(Unsafe.SizeOf<TKey>() + Unsafe.SizeOf<TValue>()));
        using ScratchBuffer keyCopy = new(default, chunk * Unsafe.SizeOf<TKey>());
        using ScratchBuffer valueCopy = new(default, chunk * Unsafe.SizeOf<TValue>());
        while (written < keys.Length)
        {
            int count = Math.Min(chunk, keys.Length - written);
            Span<byte> keyBytes = keyCopy.Bytes[..(count * Unsafe.SizeOf<TKey>())];
            Span<byte> valueBytes = valueCopy.Bytes[..(count * Unsafe.SizeOf<TValue>())];
            KeyFormat.CopyClean(MemoryMarshal.AsBytes(keys.Slice(written, count)), keyBytes);
            ValueFormat.CopyClean(MemoryMarshal.AsBytes(values.Slice(written, count)), valueBytes);
            bool fits = BatchWriter.Update(Raw, keyBytes, valueBytes, out int more);
            written += more;
            if (!fits)
                return false;
        }
        return true;
    }

    private static void ThrowIfLengthsDiffer(int keys, int values)
    {
        if (keys != values)
            throw new ArgumentException($"There are {keys} keys and {values} values.", nameof(values));
    }
}
