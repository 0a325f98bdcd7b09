using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Layouts;

/// <summary>The contents of a <c>.layout</c> file, which describes a BPF object. docs/layout-format.md defines the format.</summary>
/// <param name="Refusals">The reasons why libbpf rejects the object.</param>
/// <param name="Unlisted">The number of types that the file omits because there are too many.</param>
/// <remarks>
/// Part of the pipeline's model: immutable and structurally equal. It contains no line numbers, so moving a line does not change it.
/// </remarks>
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
    /// <summary>Finds the map with a name, or else the first map whose name the kernel truncates to it.</summary>
    public LayoutMap? FindMap(string name) =>
        Maps.FirstOrDefault(m => m.Name == name) ?? Maps.FirstOrDefault(m => MapNames.InKernel(m.Name) == name);
}

/// <summary>A map that the object defines.</summary>
/// <param name="Key">The type of the key; <see langword="null"/> if only the size is known.</param>
/// <param name="Pinning">0: none; 1: the loader pins the map by its name; other values belong to loaders other than libbpf.</param>
/// <param name="KeyProblem">The reason why the type of the key has no layout, if it has none.</param>
/// <param name="Inner">The definition of the inner maps of a map of maps.</param>
/// <param name="Refusals">The reasons why libbpf or the kernel rejects the map.</param>
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

/// <summary>A program and its section, which determines its type.</summary>
internal sealed record LayoutProgram(string Name, string Section);

/// <summary>A use of a type: an element type and a number of elements.</summary>
/// <param name="Element">A number (<c>u32</c>, <c>char</c>), <c>opaque</c>, or the <see cref="LayoutType.Token"/> of a type.</param>
/// <param name="Count">0: not an array; n: an array of n elements.</param>
/// <param name="CName">The C name of a number, if it contains more information than size and sign (<c>__be32</c>).</param>
internal readonly record struct LayoutTypeUse(string Element, int Count, string? CName = null);

/// <summary>A struct, a union or an enumeration.</summary>
/// <param name="Token">The word that refers to it: <c>struct:flow_key</c>.</param>
/// <param name="Name">Its C name, or the place of an anonymous type.</param>
/// <param name="Remark">A problem of the type, as a part of a sentence.</param>
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
/// <param name="BitSize">The number of bits of a bitfield, counted from <paramref name="BitOffset"/> of the byte at the offset; 0 for any
/// other field.</param>
internal sealed record LayoutField(string Name, int Offset, LayoutTypeUse Type, int BitOffset, int BitSize)
{
    public string? CName => Type.CName;
}

/// <summary>
/// A constant of an enumeration. In an unsigned enumeration of 8 bytes, <paramref name="Value"/> has the bits of the value.
/// </summary>
internal sealed record LayoutConstant(string Name, long Value);

/// <summary>The reason why a file was rejected.</summary>
/// <param name="Line">The line number, starting at 1.</param>
internal sealed record LayoutFileError(int Line, string Message);
