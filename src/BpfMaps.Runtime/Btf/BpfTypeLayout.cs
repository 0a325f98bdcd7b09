using System.Diagnostics.CodeAnalysis;

namespace BpfMaps.Metadata;

/// <summary>
/// The memory layout of a key or value: its size, its fields and its padding. Generated code creates it from C# types. It is compared with
/// the BTF of maps and objects, and BTF for new maps is created from it.
/// </summary>
public sealed partial class BpfTypeLayout
{
    private readonly BpfFieldLayout[] _fields;
    private PaddingRun[]? _padding;
    private bool? _hasPadding;
    private long? _leafCount;

    private BpfTypeLayout(string name, BpfTypeKind kind, int size, int alignment, BpfFieldLayout[] fields, BpfEnumMember[] enumMembers)
    {
        Name = name;
        Kind = kind;
        Size = size;
        Alignment = alignment;
        _fields = fields;
        EnumMembers = enumMembers;
    }

    /// <summary>Gets the name: the C name of a scalar (<c>__u64</c>), the C# name of a struct. Names are not compared.</summary>
    public string Name { get; }

    /// <summary>Gets the kind of the type.</summary>
    public BpfTypeKind Kind { get; }

    /// <summary>Gets the size in bytes.</summary>
    public int Size { get; }

    /// <summary>Gets the alignment in bytes, a power of two.</summary>
    public int Alignment { get; }

    /// <summary>Gets the fields of a struct or union; empty for a scalar.</summary>
    public IReadOnlyList<BpfFieldLayout> Fields => _fields;

    /// <summary>The constants of an enumeration, if they are known; empty for other types.</summary>
    internal IReadOnlyList<BpfEnumMember> EnumMembers { get; }

    /// <summary>Whether the constants of an enumeration of 8 bytes were written with 32 bits, so that larger ones are wrong.</summary>
    internal bool HasCutConstants { get; private init; }

    /// <summary>Gets whether the type has padding, including padding in nested types and in array elements.</summary>
    internal bool HasPadding => _hasPadding ??= !IsScalar && Coverage.HasGaps(this);

    /// <summary>The bytes that no field covers, in order.</summary>
    // Computed on first use: arrays multiply their number, and a layout from a file may declare large arrays.
    internal ReadOnlySpan<PaddingRun> Padding => _padding ??= HasPadding ? [.. Coverage.Gaps(this, int.MaxValue)] : [];

    /// <summary>
    /// The number of fields without fields, including nested types and array elements; a union or a run of bitfields counts as one or more.
    /// </summary>
    internal long LeafCount => _leafCount ??= CountLeaves();

    internal bool IsScalar => Kind is not (BpfTypeKind.Struct or BpfTypeKind.Union);

    /// <summary>The name, or a description of an unnamed type.</summary>
    internal string DisplayName => Name.Length != 0 ? Name : ShortName;

    internal string ShortName =>
        IsScalar ? ScalarName()
        : Name.Length != 0 ? Name
        : Kind == BpfTypeKind.Union ? "union"
        : "struct";

    /// <summary>Describes a type without fields, whose alignment is its size.</summary>
    /// <param name="name">The C name.</param>
    /// <param name="kind">The kind; not <see cref="BpfTypeKind.Struct"/> or <see cref="BpfTypeKind.Union"/>.</param>
    /// <param name="size">1, 2, 4, 8 or 16 bytes.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException">The kind has fields, or the size is not one of these.</exception>
    public static BpfTypeLayout Scalar(string name, BpfTypeKind kind, int size)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (kind is BpfTypeKind.Struct or BpfTypeKind.Union)
            throw new ArgumentException($"'{name}' is a {kind}, which has fields.", nameof(kind));
        if (size is not (1 or 2 or 4 or 8 or 16))
            throw new ArgumentOutOfRangeException(nameof(size), size, $"'{name}' has {size} bytes; a scalar has 1, 2, 4, 8 or 16.");
        return new(name, kind, size, size, [], []);
    }

    /// <summary>Describes an enumeration with its constants.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind"><see cref="BpfTypeKind.Enum"/> or <see cref="BpfTypeKind.SignedEnum"/>.</param>
    /// <param name="size">1, 2, 4 or 8 bytes.</param>
    /// <param name="members">The constants.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException">The kind is not an enumeration, or the size is not one of these.</exception>
    internal static BpfTypeLayout Enumeration(string name, BpfTypeKind kind, int size, params BpfEnumMember[] members)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(members);
        if (kind is not (BpfTypeKind.Enum or BpfTypeKind.SignedEnum))
            throw new ArgumentException($"'{name}' is a {kind}, which has no constants.", nameof(kind));
        if (size is not (1 or 2 or 4 or 8))
            throw new ArgumentOutOfRangeException(nameof(size), size, $"'{name}' has {size} bytes; an enumeration has 1, 2, 4 or 8.");
        return new(name, kind, size, size, [], [.. members]);
    }

    /// <summary>The same enumeration, with constants that may be wrong.</summary>
    internal BpfTypeLayout WithCutConstants() => new(Name, Kind, Size, Alignment, _fields, [.. EnumMembers]) { HasCutConstants = true };

    /// <summary>Describes a struct.</summary>
    /// <param name="name">The name.</param>
    /// <param name="size">The size in bytes, including trailing padding.</param>
    /// <param name="alignment">The alignment in bytes.</param>
    /// <param name="fields">The fields. They may overlap (explicit layout).</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException">A field exceeds the size.</exception>
    public static BpfTypeLayout Struct(string name, int size, int alignment, params BpfFieldLayout[] fields) =>
        WithFields(name, BpfTypeKind.Struct, size, alignment, fields);

    /// <summary>Describes a union, whose fields are all at offset 0.</summary>
    /// <param name="name">The name.</param>
    /// <param name="size">The size in bytes.</param>
    /// <param name="alignment">The alignment in bytes.</param>
    /// <param name="fields">The fields.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException">A field exceeds the size, or is not at offset 0.</exception>
    public static BpfTypeLayout Union(string name, int size, int alignment, params BpfFieldLayout[] fields) =>
        WithFields(name, BpfTypeKind.Union, size, alignment, fields);

    /// <summary>Returns the name, size and fields: <c>FlowStats (24 bytes): Packets u64 @0, Bytes u64 @8</c>.</summary>
    public override string ToString()
    {
        string head = $"{DisplayName} ({Size} byte{(Size == 1 ? "" : "s")})";
        return _fields.Length == 0 ? head : $"{head}: {string.Join(", ", (object[])_fields)}";
    }

    private static BpfTypeLayout WithFields(string name, BpfTypeKind kind, int size, int alignment, BpfFieldLayout[] fields)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfLessThan(alignment, 1);
        ArgumentNullException.ThrowIfNull(fields);
        foreach (BpfFieldLayout field in fields)
        {
            if (field.Offset > size - field.Size)
                ThrowField(name, size, field, "exceeds it");
            if (kind == BpfTypeKind.Union && field.Offset != 0)
                ThrowField(name, size, field, "is not at the start of the union");
        }
        return new(name, kind, size, alignment, [.. fields], []);
    }

    private long CountLeaves()
    {
        if (Size == 0)
            return 0;
        if (Kind != BpfTypeKind.Struct)
            return 1;
        long count = 0;
        foreach (BpfFieldLayout field in _fields)
            count = Math.Min(int.MaxValue, count + Math.Max(field.Count, 1) * field.Type.LeafCount);
        return count;
    }

    [DoesNotReturn]
    private static void ThrowField(string name, int size, BpfFieldLayout field, string problem) =>
        throw new ArgumentException($"'{name}' has {size} bytes, but its field {field} {problem}.", nameof(field));

    private string ScalarName() =>
        Kind switch
        {
            BpfTypeKind.Unsigned => $"u{Size * 8}",
            BpfTypeKind.Signed => $"s{Size * 8}",
            BpfTypeKind.Float => Size == 4 ? "float" : "double",
            BpfTypeKind.Char => "char",
            _ => Name.Length != 0 ? Name : $"enum{Size * 8}",
        };
}
