using System.Globalization;
using System.Text;
using BpfMaps.Metadata;

namespace BpfMaps.Tool.Headers;

/// <summary>
/// Writes the members of structs, unions and enumerations, with the padding and attributes that give them the layout of BTF.
/// </summary>
internal sealed class CBodies
{
    // Fewer bytes are written as bitfields without a name, which need no name either.
    private const int LeastArray = 4;

    private readonly CNames _names;
    private readonly CSizes _sizes;
    private readonly CDeclarator _declarator;

    public CBodies(Btf btf, CNames names)
    {
        _names = names;
        _sizes = new(btf);
        _declarator = new(btf, names, Write);
    }

    /// <summary>The enumerations that have been written, also those without a name.</summary>
    public HashSet<uint> Enumerations { get; } = [];

    /// <summary>Declares a name of a type; see <see cref="CDeclarator.Declare"/>.</summary>
    public string Declare(uint id, string name) => _declarator.Declare(id, name, 0);

    /// <summary>Writes a definition without the semicolon: <c>struct name { ... }</c>.</summary>
    public string Write(BtfType type, int depth) =>
        type.Kind is BtfKind.Enum or BtfKind.Enum64 ? WriteEnum(type, depth) : WriteMembers(type, depth, _names.Of(type));

    private string WriteEnum(BtfType type, int depth)
    {
        Enumerations.Add(type.Id);
        string indent = new('\t', depth);
        string name = _names.Of(type);
        StringBuilder text = new($"enum {name}{(name.Length == 0 ? "" : " ")}{{\n");
        foreach (BpfEnumMember member in type.EnumMembers)
        {
            string value =
                type.IsSigned ? member.Value.ToString(CultureInfo.InvariantCulture)
                : type.Kind == BtfKind.Enum64 ? ((ulong)member.Value).ToString(CultureInfo.InvariantCulture) + "ULL"
                : ((uint)member.Value).ToString(CultureInfo.InvariantCulture);
            if (type.IsSigned && member.Value == long.MinValue)
                value = "(-9223372036854775807LL - 1)";
            else if (type.IsSigned && type.Kind == BtfKind.Enum64)
                value += "LL";
            text.Append(CultureInfo.InvariantCulture, $"{indent}\t{_names.Constant(member.Name)} = {value},\n");
        }
        // An enumeration that is only declared has a size in BTF; C needs a constant for it.
        if (type.EnumMembers.Count == 0)
            text.Append(CultureInfo.InvariantCulture, $"{indent}\t{_names.Constant($"__{name}_undefined")} = 0,\n");
        text.Append(indent).Append('}');
        return type.Size switch
        {
            1 => text + " __attribute__((mode(byte)))",
            2 => text + " __attribute__((mode(HI)))",
            8 => text + " __attribute__((mode(word)))",
            _ => text.ToString(),
        };
    }

    private string WriteMembers(BtfType type, int depth, string name)
    {
        bool isUnion = type.Kind == BtfKind.Union;
        bool isPacked = _sizes.IsPacked(type);
        string indent = new('\t', depth);
        StringBuilder text = new(isUnion ? "union " : "struct ");
        if (name.Length != 0)
            text.Append(name).Append(' ');
        text.Append("{\n");
        long at = 0;
        foreach (BtfMember member in type.Members)
        {
            if (!isUnion)
                AddPadding(text, indent, at, NaturalPlace(at, member, isPacked), member.BitOffset);
            string declared = EmbeddedIn(member) is { } embedded
                ? WriteMembers(embedded, depth + 1, "")
                : _declarator.Declare(member.TypeId, member.Name, depth + 1);
            string bits = member.BitSize == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $": {member.BitSize}");
            text.Append(indent).Append('\t').Append(declared).Append(bits).Append(";\n");
            at = member.BitOffset + (member.BitSize != 0 ? member.BitSize : 8 * _sizes.SizeOf(member.TypeId));
        }
        int alignment = _sizes.AlignmentOf(type.Id);
        long end = isUnion ? LargestMember(type) : at;
        if (RoundUp(end, 8 * alignment) < 8L * type.Size)
            AddEnd(text, indent, isUnion, end, 8L * type.Size);
        text.Append(indent).Append('}');
        return isPacked ? text + " __attribute__((packed))" : text.ToString();
    }

    /// <summary>
    /// Gets the struct that a member without a name embeds. Newer kernels are compiled with <c>-fms-extensions</c>, which allows
    /// that; a copy of its members is the same in standard C.
    /// </summary>
    private BtfType? EmbeddedIn(BtfMember member) =>
        member.Name.Length == 0 && _sizes.Resolve(member.TypeId) is { Kind: BtfKind.Struct or BtfKind.Union, Name.Length: > 0 } type
            ? type
            : null;

    /// <summary>Gets where a compiler places a member after the bits before it.</summary>
    private long NaturalPlace(long at, BtfMember member, bool isPacked)
    {
        if (member.BitSize != 0)
        {
            long unit = 8 * _sizes.SizeOf(member.TypeId);
            return isPacked || (at % unit) + member.BitSize <= unit ? at : RoundUp(at, unit);
        }
        return RoundUp(at, isPacked ? 8 : 8 * _sizes.AlignmentOf(member.TypeId));
    }

    private static void AddPadding(StringBuilder text, string indent, long at, long natural, long place)
    {
        if (natural == place)
            return;
        long toByte = Math.Min(RoundUp(at, 8), place) - at;
        if (toByte != 0)
            text.Append(CultureInfo.InvariantCulture, $"{indent}\tunsigned char: {toByte};\n");
        at += toByte;
        long bytes = (place - at) / 8;
        if (bytes >= LeastArray)
            text.Append(CultureInfo.InvariantCulture, $"{indent}\tunsigned char __pad{at / 8}[{bytes}];\n");
        for (long index = 0; bytes < LeastArray && index < bytes; index++)
            text.Append(CultureInfo.InvariantCulture, $"{indent}\tunsigned char: 8;\n");
        if ((place - at) % 8 is > 0 and var rest)
            text.Append(CultureInfo.InvariantCulture, $"{indent}\tunsigned char: {rest};\n");
    }

    private static void AddEnd(StringBuilder text, string indent, bool isUnion, long end, long size)
    {
        if (isUnion)
            text.Append(CultureInfo.InvariantCulture, $"{indent}\tunsigned char __pad[{size / 8}];\n");
        else
            AddPadding(text, indent, end, -1, size);
    }

    private long LargestMember(BtfType type) =>
        type.Members.Count == 0 ? 0 : type.Members.Max(member => member.BitSize != 0 ? member.BitSize : 8 * _sizes.SizeOf(member.TypeId));

    private static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;
}
