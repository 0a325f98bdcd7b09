using System.Diagnostics.CodeAnalysis;

namespace BpfMaps.Metadata;

/// <summary>
/// The types of a BPF object or a map in BTF (BPF Type Format), in either byte order.
/// </summary>
/// <remarks>
/// Parsing checks each type. Errors that require following references, such as types that contain themselves or members past the end, are
/// found by <see cref="GetLayout"/>. This type is safe for concurrent use.
/// </remarks>
internal sealed class Btf
{
    private readonly FileView _types;
    private readonly FileView _strings;
    private readonly int[] _positions;
    private readonly BtfType?[] _read;

    private Btf(BtfSections sections, int[] positions)
    {
        _types = sections.Types;
        _strings = sections.Strings;
        _positions = positions;
        _read = new BtfType?[positions.Length];
        Layouts = new BtfLayouts(this, _types.Length);
    }

    /// <summary>Gets the number of types, including <c>void</c> (id 0).</summary>
    public int Count => _positions.Length;

    /// <summary>Gets whether the types are those of a big-endian machine.</summary>
    public bool IsBigEndian => _types.IsBigEndian;

    /// <summary>
    /// Gets whether a loader has adapted the types to the kernel: for Linux before 5.13, libbpf replaces floating-point numbers by unnamed
    /// structs without members.
    /// </summary>
    internal bool IsLoaded { get; private init; }

    internal BtfLayouts Layouts { get; }

    /// <summary>Gets the type with an id.</summary>
    /// <param name="id">The id; 0 is <c>void</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No type has this id.</exception>
    public BtfType this[uint id]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, (uint)_positions.Length);
            return _read[id] ??= id == 0 ? new BtfType() : new BtfType(id, BtfRecord.Read(_types, _positions[id]), _types, _strings);
        }
    }

    /// <summary>Reads BTF.</summary>
    /// <param name="data">The bytes of a <c>.BTF</c> section, of /sys/kernel/btf/*, or as the kernel hands them out.</param>
    /// <param name="name">What to call them in messages.</param>
    /// <exception cref="BpfFormatException">The bytes are not BTF, or are corrupt.</exception>
    public static Btf Parse(ReadOnlySpan<byte> data, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Parse(new FileView(data.ToArray(), name));
    }

    /// <summary>Gets the layout of a type, with qualifiers and typedefs resolved.</summary>
    /// <param name="id">The type's id.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="problem">Why the type has none: it has no size, or is an array without a length. A part of a sentence.</param>
    /// <returns><see langword="false"/> if the type has no layout.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No type has this id.</exception>
    /// <exception cref="BpfFormatException">The types are inconsistent.</exception>
    /// <remarks>
    /// <para>Anonymous structs and unions are fields with an empty name, of a type with an empty name. An unnamed struct or enumeration
    /// gets the name of its typedef. A number gets the name of the outermost typedef (<c>pid_t</c>), or of the typedef that states its
    /// byte order (<c>__be32</c>).</para>
    /// <para>Arrays of arrays become one array of all elements. The layout of an array is a struct with one unnamed field. Pointers are
    /// unsigned and have 8 bytes.</para>
    /// <para>Members without bytes (empty structs and unions, arrays without elements, a flexible array at the end) are omitted.</para>
    /// <para>BTF does not contain alignments: the alignment is the largest that size and offsets allow, up to the natural alignment.</para>
    /// </remarks>
    public bool TryGetLayout(uint id, [NotNullWhen(true)] out BpfTypeLayout? layout, [NotNullWhen(false)] out string? problem)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, (uint)_positions.Length);
        return Layouts.TryGet(id, out layout, out problem);
    }

    /// <summary>The layout of a type; see <see cref="TryGetLayout"/>.</summary>
    /// <param name="id">The type's id.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No type has this id.</exception>
    /// <exception cref="BpfFormatException">The types are inconsistent, or the type has no layout; the message says why.</exception>
    public BpfTypeLayout GetLayout(uint id)
    {
        if (TryGetLayout(id, out BpfTypeLayout? layout, out string? problem))
            return layout;
        throw new BpfFormatException(_types.FileName, 0, $"type {id} ({this[id]}) has no layout: {problem}");
    }

    /// <summary>Finds the first type of a kind with a name.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The name.</param>
    /// <returns>The type, or <see langword="null"/>.</returns>
    public BtfType? Find(BtfKind kind, string name) => OfKind(kind).FirstOrDefault(type => type.Name == name);

    internal IEnumerable<BtfType> OfKind(BtfKind kind)
    {
        for (uint id = 1; id < (uint)Count; id++)
        {
            if (BtfRecord.Read(_types, _positions[id]).Kind == kind)
                yield return this[id];
        }
    }

    /// <param name="data">The bytes.</param>
    /// <param name="isLoaded">Whether the kernel hands them out.</param>
    internal static Btf Parse(FileView data, bool isLoaded = false)
    {
        BtfSections sections = BtfSections.Read(data);
        return new(sections, BtfValidation.Check(sections)) { IsLoaded = isLoaded };
    }

    [DoesNotReturn]
    internal void Throw(uint id, string problem) => _types.Throw(_positions[id], $"type {id} ({this[id]}) {problem}");
}
