using System.Diagnostics.CodeAnalysis;

namespace BpfMaps.Metadata;

/// <summary>A type in BTF. <see cref="Kind"/> determines which properties have a meaning; the others are 0 or empty.</summary>
internal sealed class BtfType
{
    private const uint FlagBit = 1u << 31;

    private readonly FileView _entries;
    private readonly FileView _strings;
    private readonly uint _sizeOrType;
    private readonly uint _nameOffset;
    private readonly uint _info;
    private string? _name;

    /// <summary><c>void</c>.</summary>
    internal BtfType()
    {
        _name = "void";
    }

    internal BtfType(uint id, BtfRecord record, FileView types, FileView strings)
    {
        Id = id;
        Kind = record.Kind;
        _info = record.Info;
        _nameOffset = record.NameOffset;
        _sizeOrType = record.SizeOrType;
        _strings = strings;
        _entries = types.Slice(
            (ulong)(record.Position + BtfRecord.HeadSize),
            (ulong)(record.Size - BtfRecord.HeadSize),
            "a type's entries"
        );
    }

    /// <summary>Gets the id of the type in its <see cref="Btf"/>.</summary>
    public uint Id { get; }

    /// <summary>Gets the kind.</summary>
    public BtfKind Kind { get; }

    /// <summary>Gets the name; empty for an anonymous type.</summary>
    public string Name => _name ??= _strings.Text(_nameOffset, "the name of a type");

    /// <summary>
    /// Gets the size in bytes of an integer, float, enumeration, struct, union or section. (The section's may be 0 before linking.)
    /// </summary>
    public uint Size => HasSize ? _sizeOrType : 0;

    /// <summary>
    /// Gets the id of the type that this type refers to: the target of a pointer, the element of an array, the type behind a typedef or
    /// qualifier, the return type or prototype of a function, the type of a variable, the target of a tag. 0 is <c>void</c>.
    /// </summary>
    public uint TypeId =>
        Kind == BtfKind.Array ? Entry(0)
        : HasSize || Kind == BtfKind.Forward ? 0
        : _sizeOrType;

    /// <summary>Gets the number of elements of an array; 0 for one without a length (<c>char data[]</c>).</summary>
    public uint ElementCount => Kind == BtfKind.Array ? Entry(8) : 0;

    /// <summary>How many bits of an integer count.</summary>
    public int IntegerBits => Kind == BtfKind.Int ? (int)(Entry(0) & 0xff) : 0;

    /// <summary>The first bit of an integer in its bytes. It is not 0 only for bitfields in the BTF of old compilers.</summary>
    public int IntegerBitOffset => Kind == BtfKind.Int ? (int)(Entry(0) >> 16 & 0xff) : 0;

    /// <summary>Gets whether an integer or enumeration is signed. (Clang records it for enumerations since version 15.)</summary>
    public bool IsSigned =>
        Kind switch
        {
            BtfKind.Int => (Entry(0) >> 24 & 1) != 0,
            BtfKind.Enum or BtfKind.Enum64 => HasFlag,
            _ => false,
        };

    /// <summary>Gets whether the encoding of an integer is a character. Clang does not use it; it names the type <c>char</c>.</summary>
    public bool IsCharacter => Kind == BtfKind.Int && (Entry(0) >> 24 & 2) != 0;

    /// <summary>Gets whether an integer is a Boolean.</summary>
    public bool IsBoolean => Kind == BtfKind.Int && (Entry(0) >> 24 & 4) != 0;

    /// <summary>Gets whether a forward declaration declares a union.</summary>
    public bool IsForwardUnion => Kind == BtfKind.Forward && HasFlag;

    /// <summary>Gets the linkage of a variable or a function: 0 static, 1 global, 2 extern.</summary>
    public int Linkage =>
        Kind switch
        {
            BtfKind.Variable => (int)Entry(0),
            BtfKind.Function => Count,
            _ => 0,
        };

    /// <summary>The index of the member or parameter that a declaration tag applies to, or -1 for the whole declaration.</summary>
    public int ComponentIndex => Kind == BtfKind.DeclarationTag ? (int)Entry(0) : 0;

    /// <summary>Gets the members of a struct or a union.</summary>
    public IReadOnlyList<BtfMember> Members => field ??= Kind is BtfKind.Struct or BtfKind.Union ? ReadAll(12, ReadMember) : [];

    /// <summary>Gets the constants of an enumeration.</summary>
    public IReadOnlyList<BpfEnumMember> EnumMembers =>
        field ??= Kind switch
        {
            BtfKind.Enum => ReadAll(8, ReadEnumMember),
            BtfKind.Enum64 => ReadAll(12, ReadEnumMember),
            _ => [],
        };

    /// <summary>Gets the parameters of a function's prototype.</summary>
    public IReadOnlyList<BtfParameter> Parameters =>
        field ??= Kind == BtfKind.FunctionPrototype ? ReadAll(8, at => new BtfParameter(EntryName(at), Entry(at + 4))) : [];

    /// <summary>Gets the variables of a section.</summary>
    public IReadOnlyList<BtfSectionVariable> Variables =>
        field ??= Kind == BtfKind.DataSection ? ReadAll(12, at => new BtfSectionVariable(Entry(at), Entry(at + 4), Entry(at + 8))) : [];

    internal int Count => (int)(_info & 0xffff);

    private bool HasFlag => (_info & FlagBit) != 0;

    private bool HasSize =>
        Kind is BtfKind.Int or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.DataSection or BtfKind.Float or BtfKind.Enum64;

    /// <summary>Returns the kind and the name: <c>struct flow_key</c>.</summary>
    public override string ToString()
    {
        string kind = Kind switch
        {
            BtfKind.Void => "",
            BtfKind.Struct or BtfKind.Union or BtfKind.Typedef or BtfKind.Volatile or BtfKind.Const or BtfKind.Restrict => Kind.ToString()
                .ToLowerInvariant(),
            BtfKind.Enum or BtfKind.Enum64 => "enum",
            BtfKind.Forward => IsForwardUnion ? "undefined union" : "undefined struct",
            BtfKind.DataSection => "section",
            BtfKind.FunctionPrototype => "function",
            BtfKind.DeclarationTag or BtfKind.TypeTag => "tag",
            BtfKind.Int or BtfKind.Float => "",
            _ => Kind.ToString().ToLowerInvariant(),
        };
        return $"{kind} {Name}".Trim();
    }

    [DoesNotReturn]
    internal void Throw(string problem) => _entries.Throw(-BtfRecord.HeadSize, $"type {Id} ({this}) {problem}");

    private T[] ReadAll<T>(int entrySize, Func<int, T> read)
    {
        T[] entries = new T[Count];
        for (int index = 0; index < entries.Length; index++)
            entries[index] = read(index * entrySize);
        return entries;
    }

    private BtfMember ReadMember(int at)
    {
        uint offset = Entry(at + 8);
        return HasFlag
            ? new(EntryName(at), Entry(at + 4), offset & 0xff_ffff, (int)(offset >> 24))
            : new(EntryName(at), Entry(at + 4), offset, 0);
    }

    private BpfEnumMember ReadEnumMember(int at)
    {
        uint low = Entry(at + 4);
        long value = Kind == BtfKind.Enum64 ? (long)((ulong)Entry(at + 8) << 32 | low) : (int)low;
        return new(EntryName(at), value);
    }

    private uint Entry(int at) => _entries.UInt32(at, "a field of a type");

    private string EntryName(int at) => _strings.Text(Entry(at), "a name");
}
