using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Layouts;

/// <summary>What a <c>.layout</c> file says about a BPF object. docs/layout-format.md defines the text.</summary>
/// <param name="Refusals">Why libbpf refuses the object as a whole.</param>
/// <param name="Unlisted">How many types of the object have no line, because they are too many.</param>
/// <remarks>Part of the pipeline's model: immutable and structurally equal. Lines and places are not in it, so moving a line changes nothing.</remarks>
internal sealed record LayoutFile(
    bool IsBigEndian,
    string? License,
    EquatableArray<LayoutMap> Maps,
    EquatableArray<LayoutSection> Sections,
    EquatableArray<LayoutProgram> Programs,
    EquatableArray<LayoutType> Types,
    EquatableArray<string> Refusals = default,
    int Unlisted = 0)
{
    /// <summary>The map that a declaration's name means: the one of that name, else the first whose name the kernel cuts to it.</summary>
    public LayoutMap? FindMap(string name) =>
        Maps.FirstOrDefault(m => m.Name == name) ?? Maps.FirstOrDefault(m => MapNames.InKernel(m.Name) == name);
}

/// <summary>A map that the object defines.</summary>
/// <param name="Key">The key's type; <see langword="null"/> where only a size is known.</param>
/// <param name="Pinning">0: none; 1: the loader pins the map by its name; others are of loaders that are not libbpf.</param>
/// <param name="KeyProblem">Why the key's type has no layout, if so.</param>
/// <param name="Inner">What the inner maps of a map of maps are like.</param>
/// <param name="Refusals">Why libbpf, or the kernel behind it, refuses the map.</param>
internal sealed record LayoutMap(
    string Name,
    MapType Type,
    LayoutTypeUse? Key,
    int KeySize,
    LayoutTypeUse? Value,
    int ValueSize,
    uint MaxEntries,
    MapFlags Flags,
    uint Pinning,
    ulong MapExtra,
    uint? NumaNode,
    string? KeyProblem,
    string? ValueProblem,
    LayoutMap? Inner,
    EquatableArray<string> Refusals = default);

/// <summary>A section of variables.</summary>
internal sealed record LayoutSection(string Name, int Size, MapFlags Flags, EquatableArray<LayoutVariable> Variables);

/// <summary>A variable of a section.</summary>
internal sealed record LayoutVariable(string Name, int Offset, LayoutTypeUse Type, bool IsStatic)
{
    public string? CName => Type.CName;
}

/// <summary>A program and the section that says what it is for.</summary>
internal sealed record LayoutProgram(string Name, string Section);

/// <summary>A type as it is used: an element, and how many of them.</summary>
/// <param name="Element">A number (<c>u32</c>, <c>char</c>), <c>opaque</c>, or the <see cref="LayoutType.Token"/> of a type.</param>
/// <param name="Count">0: not an array; n: an array of n elements.</param>
/// <param name="CName">What C calls a number, where that says more than its size and sign (<c>__be32</c>).</param>
internal readonly record struct LayoutTypeUse(string Element, int Count, string? CName = null);

/// <summary>A struct, a union or an enumeration.</summary>
/// <param name="Token">The word that uses of it carry: <c>struct:flow_key</c>.</param>
/// <param name="Name">Its C name, or the place it was found at where it has none.</param>
/// <param name="Remark">What is not right about it, a part of a sentence.</param>
internal sealed record LayoutType(
    string Token,
    string Name,
    TypeKindInBtf Kind,
    int Size,
    int Alignment,
    EquatableArray<LayoutField> Fields,
    EquatableArray<LayoutConstant> Constants,
    string? Remark = null);

/// <summary>A field of a struct or a union.</summary>
/// <param name="BitSize">The number of bits of a bitfield, counted from <paramref name="BitOffset"/> of the byte at the offset; 0 for any other field.</param>
internal sealed record LayoutField(string Name, int Offset, LayoutTypeUse Type, int BitOffset, int BitSize)
{
    public string? CName => Type.CName;
}

/// <summary>A constant of an enumeration. Of an unsigned one of 8 bytes, the value's bits.</summary>
internal sealed record LayoutConstant(string Name, long Value);

/// <summary>Why a file was refused.</summary>
/// <param name="Line">From 1.</param>
internal sealed record LayoutFileError(int Line, string Message);
