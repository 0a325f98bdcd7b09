using BpfMaps.Metadata;

namespace BpfMaps.Tool.Headers;

/// <summary>Sizes and alignments that a compiler gives to types of BTF, without attributes other than <c>packed</c>.</summary>
internal sealed class CSizes(Btf btf)
{
    private const int PointerSize = 8;

    private readonly Dictionary<uint, int> _alignments = [];
    private readonly Dictionary<uint, bool> _packed = [];

    /// <summary>Gets the type behind typedefs and qualifiers.</summary>
    public BtfType Resolve(uint id)
    {
        BtfType type = btf[id];
        while (type.Kind is BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag)
            type = btf[type.TypeId];
        return type;
    }

    /// <summary>Gets the size of a type in bytes; 0 if it has none.</summary>
    public long SizeOf(uint id)
    {
        BtfType type = Resolve(id);
        return type.Kind switch
        {
            BtfKind.Pointer => PointerSize,
            BtfKind.Array => type.ElementCount * SizeOf(type.TypeId),
            _ => type.Size,
        };
    }

    public int AlignmentOf(uint id)
    {
        BtfType type = Resolve(id);
        if (_alignments.TryGetValue(type.Id, out int known))
            return known;
        int alignment = type.Kind switch
        {
            BtfKind.Pointer => PointerSize,
            BtfKind.Array => AlignmentOf(type.TypeId),
            BtfKind.Struct or BtfKind.Union => IsPacked(type) ? 1 : MembersAlignment(type),
            _ => (int)Math.Max(1, type.Size),
        };
        return _alignments[type.Id] = alignment;
    }

    /// <summary>Gets whether a struct or union has the layout of BTF only with <c>__attribute__((packed))</c>.</summary>
    public bool IsPacked(BtfType type)
    {
        if (_packed.TryGetValue(type.Id, out bool known))
            return known;
        bool isPacked = type.Size % MembersAlignment(type) != 0 || type.Members.Any(IsMisplaced);
        return _packed[type.Id] = isPacked;
    }

    private bool IsMisplaced(BtfMember member)
    {
        if (member.BitSize == 0)
            return member.BitOffset / 8 % AlignmentOf(member.TypeId) != 0;
        // Without the attribute, a bitfield does not cross a boundary of its type.
        long unit = 8 * SizeOf(member.TypeId);
        return (member.BitOffset % unit) + member.BitSize > unit;
    }

    private int MembersAlignment(BtfType type) => type.Members.Count == 0 ? 1 : type.Members.Max(member => AlignmentOf(member.TypeId));
}
