using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>A trie that finds the longest prefix of what is looked up: routes, access lists (BPF_MAP_TYPE_LPM_TRIE, Linux 4.11).</summary>
/// <typeparam name="TPrefix">The data that prefixes are of, in network order: <see cref="Be32"/> for IPv4, <see cref="Bytes16"/> for IPv6.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Writing and removing take a prefix exactly; looking up takes the longest one that matches. Listing the keys needs Linux 4.16.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfLpmTrieMap<TPrefix, TValue> : BpfElementMap<LpmKey<TPrefix>, TValue>
    where TPrefix : unmanaged
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.LpmTrie];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The sizes of the types are not those of the map.</exception>
    protected BpfLpmTrieMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Finds the longest prefix in the map that the whole of <paramref name="data"/> begins with, and copies its value (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="data">An address, for example.</param>
    /// <param name="value">The value; <see langword="default"/> if nothing matches.</param>
    /// <returns><see langword="false"/> if no prefix in the map matches.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryMatch(in TPrefix data, out TValue value) => TryMatch(new LpmKey<TPrefix>(data), out value);

    /// <summary>Finds the longest prefix in the map that is <paramref name="key"/> or a beginning of it, and copies its value (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="key">A prefix.</param>
    /// <param name="value">The value; <see langword="default"/> if nothing matches.</param>
    /// <returns><see langword="false"/> if no prefix in the map matches.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryMatch(in LpmKey<TPrefix> key, out TValue value)
    {
        Unsafe.SkipInit(out LpmKey<TPrefix> room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        // Key and value may be one variable, so nothing is written to the value before the kernel has read the key.
        Unsafe.SkipInit(out value);
        bool found = Raw.TryLookup(keyBytes, MemoryMarshal.AsBytes(new Span<TValue>(ref value)));
        if (!found)
            value = default;
        return found;
    }
}
