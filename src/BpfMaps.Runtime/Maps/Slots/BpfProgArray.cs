using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// An array of programs that others jump to with <c>bpf_tail_call</c> (BPF_MAP_TYPE_PROG_ARRAY, Linux 4.2). A jump to an empty slot does
/// nothing.
/// </summary>
/// <remarks>
/// <para>All programs of an array, and all that use it, have one type and one expected attach type: those of the first.</para>
/// <para><b>Keep a descriptor or a pin.</b> The kernel empties the array when the last descriptor is closed and the last pin removed, also
/// while a program that uses the array is attached: else a program and its array could keep each other alive.</para>
/// </remarks>
[SkipLocalsInit]
public abstract class BpfProgArray : BpfSlotArray<uint>
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.ProgArray];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    protected BpfProgArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Sets the program of a slot (BPF_MAP_UPDATE_ELEM, Linux 4.2).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="program">A descriptor of a loaded program. The caller keeps it and may close it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="ObjectDisposedException">The descriptor or the map is disposed.</exception>
    /// <exception cref="BpfException">
    /// The program is of another type than the array's, or the descriptor is that of no program (EINVAL).
    /// </exception>
    public void Set(int index, SafeHandle program) => Put(index, program);

    /// <summary>Gets the id of the program in a slot (BPF_MAP_LOOKUP_ELEM, Linux 4.13).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="programId">The program's id, as <c>bpftool prog</c> shows it; 0 if the slot is empty.</param>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetId(int index, out uint programId) => TryRead(index, out programId);

    /// <summary>Empties a slot (BPF_MAP_DELETE_ELEM, Linux 4.2).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <returns><see langword="false"/> if the slot was already empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool Remove(int index) => Empty(index);
}
