using System.Collections;
using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Values of the cgroups that a program is attached to, created by attaching it (BPF_MAP_TYPE_CGROUP_STORAGE, Linux 4.19; deprecated).
/// Programs use <c>bpf_get_local_storage</c>.
/// </summary>
/// <remarks>
/// <inheritdoc cref="BpfAttachedStorage{TKey, TValue}" path="/remarks"/>
/// On Linux 6.2 and later, prefer
/// <see cref="BpfCgroupLocalStorage{TValue}"/>, whose values any program and any process can create for any cgroup.
/// </remarks>
/// <inheritdoc cref="BpfAttachedStorage{TKey, TValue}" path="/typeparam"/>
[SkipLocalsInit]
public abstract class BpfAttachedCgroupStorage<TKey, TValue> : BpfAttachedStorage<TKey, TValue>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.CgroupStorage];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    protected BpfAttachedCgroupStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Copies the value of a cgroup (BPF_MAP_LOOKUP_ELEM, Linux 4.19).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <param name="flags">
    /// The flags of the lookup: <see cref="BpfLookupFlags.Lock"/> reads under the value's <see cref="BpfSpinLock"/>.
    /// </param>
    /// <returns><see langword="false"/> if no program with this map was attached to the cgroup.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetValue(in TKey key, out TValue value, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        return Raw.TryRead(keyBytes, out value, flags);
    }

    /// <summary>Replaces the value of a cgroup (BPF_MAP_UPDATE_ELEM, Linux 4.19).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags">
    /// <see cref="BpfUpdateFlags.Exist"/>, with <see cref="BpfUpdateFlags.Lock"/> to write under the value's <see cref="BpfSpinLock"/>.
    /// </param>
    /// <returns><see langword="false"/> if no program with this map was attached to the cgroup; nothing was added.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryUpdate(in TKey key, in TValue value, BpfUpdateFlags flags = BpfUpdateFlags.Exist)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        return Raw.Write(keyBytes, in value, ValueFormat, flags) == BpfUpdateResult.Ok;
    }

    /// <summary>Enumerates keys and values, with two system calls per element and without allocating per element.</summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<TKey, TValue> GetEnumerator() => new(Raw, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected sealed override bool Exists(in TKey key) => TryGetValue(in key, out _);
}
