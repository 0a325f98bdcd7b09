using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Queries.Programs;

/// <summary>The facts about the queried map that its programs depend on.</summary>
internal sealed record QueryTarget
{
    public required int KeySize { get; init; }

    public required int ValueSize { get; init; }

    /// <summary>Gets whether the map is an array, whose keys are indices in ascending order.</summary>
    public required bool IsArray { get; init; }

    /// <summary>Gets the numbers of the possible CPUs, if each has a value; otherwise empty.</summary>
    public required int[] Cpus { get; init; }

    /// <summary>Gets the rules for the total of the values of all CPUs.</summary>
    public required IReadOnlyList<BpfTotalField> Totals { get; init; }

    /// <summary>Gets the offset of the value in a found element, which is a pair of C#.</summary>
    public required int ValueOffset { get; init; }

    /// <summary>Gets the distance between found elements in bytes.</summary>
    public required int Stride { get; init; }

    /// <summary>Gets whether programs may access numbers only where they are aligned, as some architectures require.</summary>
    public bool IsAligned { get; init; } =
        RuntimeInformation.ProcessArchitecture
        is not (Architecture.X64 or Architecture.Arm64 or Architecture.Ppc64le or Architecture.S390x);

    public bool IsPerCpu => Cpus.Length != 0;

    /// <summary>Gets the offset of the flag in a key to look up.</summary>
    public int PresentOffset => Align(KeySize);

    /// <summary>Gets the offset of the value in a key to look up.</summary>
    public int LookupValueOffset => PresentOffset + sizeof(ulong);

    /// <summary>Gets the distance between keys to look up in bytes.</summary>
    public int LookupStride => LookupValueOffset + Align(ValueSize);

    /// <summary>Gets the size of the memory that the program shares with user space.</summary>
    public int ControlSize => ControlLayout.Scratch + (IsPerCpu ? Align(ValueSize) : 0);

    public static int Align(int size) => (size + 7) & ~7;
}
