using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>Plans the fields of a struct, their names, and the storage of bitfields.</summary>
internal sealed class StructPlanner(ObjectTypePlanner types)
{
    private readonly List<MemberPlan> _members = [];
    private readonly List<Bitfield> _bitfields = [];
    private readonly List<string> _omitted = [];
    private int _alignment = 1;

    public StructPlan Plan(string name, LayoutType layout)
    {
        AddFields(new NameScope(NameScope.OfObject, name, "Accumulate"), layout, 0);
        BitfieldStorage storage = new(types.IsBigEndian);
        IReadOnlyList<BitsPlan> places = storage.Place(_bitfields);
        for (int index = 0; index < places.Count; index++)
            _members[_bitfields[index].Member] = _members[_bitfields[index].Member] with { Bits = places[index] };
        foreach (StoragePlan plan in storage.InOrder)
            _alignment = Math.Max(_alignment, plan.Size);
        int pack = _alignment > layout.Alignment ? layout.Alignment : 0;
        return new(name, layout, pack, _members, storage.InOrder, _omitted, _members.Count == 0 ? types.BytesOf(layout) : null);
    }

    /// <summary>Plans a struct that has too many fields as bytes.</summary>
    public StructPlan PlanBytes(string name, LayoutType layout) =>
        new(
            name,
            layout,
            0,
            [],
            [],
            [
                $"It has no fields: its anonymous members have more fields than are generated for an object ({ObjectTypePlanner.MostMembers.Text()}).",
            ],
            types.BytesOf(layout)
        );

    /// <summary>Adds the fields of a type. As in C, fields of anonymous members are fields of the containing struct.</summary>
    private void AddFields(NameScope names, LayoutType layout, int start)
    {
        BitfieldUnits? units = null;
        foreach (LayoutField field in layout.Fields)
        {
            int offset = start + field.Offset;
            if (types.AnonymousIn(field) is { } anonymous)
                AddFields(names, anonymous, offset);
            else if (field.Name.Length > 0 && AddField(names, field, offset) is { } member)
                AddBits(member, field, start, units ??= new(layout, types.SizeOf));
        }
    }

    /// <returns>
    /// The index of a member that is a property over bits; <see langword="null"/> for fields, and for members that C# cannot have.
    /// </returns>
    private int? AddField(NameScope names, LayoutField field, int offset)
    {
        // Bitfields have no byte order, regardless of their C type.
        LayoutTypeUse use = field.BitSize > 0 ? field.Type with { CName = null } : field.Type;
        if (types.TypeOf(use) is not { } type)
        {
            if (types.SizeOf(field.Type) > 0)
                _omitted.Add(
                    $"'{field.Name}' ({types.SizeOf(field.Type).Text()} bytes at {offset.Text()}) has no field: it is larger than .NET can load."
                );
            return null;
        }
        bool isFlag = IsFlag(field);
        bool isBits = field.BitSize > 0 || isFlag;
        if (!isBits)
            _alignment = Math.Max(_alignment, AlignmentOf(field.Type));
        string name = names.Take(CSharpNames.Pascal(field.Name, "Field" + offset.Text()), "");
        _members.Add(new(name, field.Name, isFlag ? "bool" : type, use, field.CName, offset, null));
        return isBits ? _members.Count - 1 : null;
    }

    private void AddBits(int member, LayoutField field, int start, BitfieldUnits units)
    {
        int firstBit = ((start + field.Offset) * 8) + field.BitOffset;
        if (field.BitSize == 0)
        {
            _bitfields.Add(new(member, firstBit, 8, start, start + field.Offset, start + field.Offset + 1));
            return;
        }
        (int unitStart, int unitEnd) = units.Of(field);
        _bitfields.Add(new(member, firstBit, field.BitSize, start, start + unitStart, start + unitEnd));
    }

    /// <summary>
    /// Gets whether a field is a C <c>_Bool</c>. It becomes a property, because bytes other than 0 and 1 are not valid in a C# <c>bool</c>.
    /// </summary>
    private static bool IsFlag(LayoutField field) => field.Type is { Element: "bool", Count: 0 };

    private int AlignmentOf(LayoutTypeUse use) => types.Find(use.Element)?.Alignment ?? LayoutNumbers.SizeOf(use.Element);
}
