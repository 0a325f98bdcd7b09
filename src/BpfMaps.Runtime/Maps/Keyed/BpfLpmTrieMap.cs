using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>A trie that finds the longest matching prefix, for routes or access lists (BPF_MAP_TYPE_LPM_TRIE, Linux 4.11).</summary>
/// <typeparam name="TPrefix">
/// The type of the data of a prefix, in network byte order: <see cref="Be32"/> for IPv4, <see cref="Bytes16"/> for IPv6.
/// </typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Updates and removals use the exact prefix; lookups find the longest match. Enumerating the keys requires Linux 4.16. Before Linux 6.13,
/// unless the kernel has the correction of its stable versions, operations that only add or only replace throw
/// <see cref="BpfNotSupportedException"/>, because the kernel would overwrite the element.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfLpmTrieMap<TPrefix, TValue> : BpfElementMap<LpmKey<TPrefix>, TValue>
    where TPrefix : unmanaged
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.LpmTrie];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    protected BpfLpmTrieMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Copies the value of the longest prefix of <paramref name="data"/> in the map (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="data">The data, for example an address.</param>
    /// <param name="value">The value; <see langword="default"/> if no prefix matches.</param>
    /// <returns><see langword="false"/> if no prefix in the map matches.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryMatch(in TPrefix data, out TValue value) => TryMatch(new LpmKey<TPrefix>(data), out value);

    /// <summary>
    /// Copies the value of the longest prefix in the map that equals <paramref name="key"/> or contains it (BPF_MAP_LOOKUP_ELEM).
    /// </summary>
    /// <param name="key">The prefix to match.</param>
    /// <param name="value">The value; <see langword="default"/> if no prefix matches.</param>
    /// <returns><see langword="false"/> if no prefix in the map matches.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryMatch(in LpmKey<TPrefix> key, out TValue value)
    {
        Unsafe.SkipInit(out LpmKey<TPrefix> room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        return Raw.TryRead(keyBytes, out value);
    }
}
