using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>Plans one struct: which fields it has, under which names, and where bitfields have their bits.</summary>
internal sealed class StructPlanner(ObjectTypes types)
{
    private readonly List<MemberPlan> _members = [];
    private readonly List<(int Index, LayoutField Field, int Offset)> _bitfields = [];
    private readonly List<string> _omitted = [];
    private int _alignment = 1;

    public StructPlan Plan(string name, LayoutType layout)
    {
        NameScope names = new(name, "Accumulate");
        AddFields(names, layout, 0, "");
        List<StoragePlan> storage = PlaceBitfields(layout.Size);
        _members.RemoveAll(static member => member.Type.Length == 0);
        int pack = _alignment > layout.Alignment ? layout.Alignment : 0;
        return new(name, layout, pack, _members, storage, _omitted);
    }

    /// <summary>Adds the fields of a type. Those of anonymous members are fields of the struct around them, as they are in C.</summary>
    private void AddFields(NameScope names, LayoutType layout, int start, string path)
    {
        for (int index = 0; index < layout.Fields.Count; index++)
        {
            LayoutField field = layout.Fields[index];
            int offset = start + field.Offset;
            if (field.Name.Length == 0)
            {
                if (field.BitSize == 0 && field.Type.Count == 0 && types.Find(field.Type.Element) is { Fields.Count: > 0 } anonymous)
                    AddFields(names, anonymous, offset, path);
                continue;
            }
            AddField(names, field, offset, path);
        }
    }

    private void AddField(NameScope names, LayoutField field, int offset, string path)
    {
        string cName = path + field.Name;
        bool isFlag = field.Type is { Element: "bool", Count: 0 };
        // Some bits of a number have no byte order, whatever C calls the number.
        LayoutTypeUse use = field.BitSize > 0 ? field.Type with { CName = null } : field.Type;
        if (types.TypeOf(use) is not { } type)
        {
            if (types.SizeOf(field.Type) > 0)
                _omitted.Add($"'{cName}' ({types.SizeOf(field.Type).Text()} bytes at {offset.Text()}) has no field: it is larger than .NET loads.");
            return;
        }
        string name = names.Take(CSharpNames.Pascal(field.Name, "Field" + offset.Text()), "");
        if (field.BitSize > 0 || isFlag)
            _bitfields.Add((_members.Count, field.BitSize > 0 ? field : field with { BitSize = 8 }, offset));
        else
            _alignment = Math.Max(_alignment, AlignmentOf(field.Type));
        _members.Add(new(name, cName, isFlag ? "bool" : type, use, field.CName, offset, null));
    }

    /// <summary>Lays storage under the bitfields, several in one where they share bytes, and gives each of them its bits.</summary>
    private List<StoragePlan> PlaceBitfields(int size)
    {
        List<StoragePlan> storage = [];
        foreach (List<(int Index, LayoutField Field, int Offset)> run in Runs())
        {
            if (StorageFor(run, size) is { } shared)
            {
                storage.Add(shared);
                run.ForEach(bitfield => Assign(bitfield, shared));
                continue;
            }
            foreach ((int Index, LayoutField Field, int Offset) bitfield in run)
            {
                if (StorageFor([bitfield], size) is { } own)
                {
                    storage.Add(own);
                    Assign(bitfield, own);
                    continue;
                }
                MemberPlan member = _members[bitfield.Index];
                _omitted.Add($"'{member.CName}' ({bitfield.Field.BitSize.Text()} bits at {bitfield.Offset.Text()}) has no property: no number that fits the struct has all of its bits.");
                _members[bitfield.Index] = member with { Type = "" };
            }
        }
        foreach (StoragePlan plan in storage)
            _alignment = Math.Max(_alignment, plan.Size);
        return [.. storage.Distinct()];
    }

    private List<List<(int Index, LayoutField Field, int Offset)>> Runs()
    {
        List<List<(int Index, LayoutField Field, int Offset)>> runs = [];
        foreach ((int Index, LayoutField Field, int Offset) bitfield in _bitfields)
        {
            List<(int Index, LayoutField Field, int Offset)>? touching = runs.Find(run =>
            {
                (int start, int end) = Bytes(run);
                (int from, int to) = Bytes([bitfield]);
                return from < end && start < to && Math.Max(end, to) - Math.Min(start, from) <= 8;
            });
            if (touching is null)
                runs.Add([bitfield]);
            else
                touching.Add(bitfield);
        }
        return runs;
    }

    private static StoragePlan? StorageFor(List<(int Index, LayoutField Field, int Offset)> run, int structSize)
    {
        (int start, int end) = Bytes(run);
        int size = 1;
        while (size < end - start)
            size *= 2;
        // Rounded up, it may reach past the end of the struct: then it begins earlier.
        start = Math.Min(start, structSize - size);
        return size <= 8 && start >= 0 ? new("_at" + start.Text() + (size == 1 ? "" : "x" + size.Text()), start, size) : null;
    }

    private void Assign((int Index, LayoutField Field, int Offset) bitfield, StoragePlan storage)
    {
        int before = ((bitfield.Offset - storage.Offset) * 8) + bitfield.Field.BitOffset;
        int count = bitfield.Field.BitSize;
        int shift = types.IsBigEndian ? (storage.Size * 8) - before - count : before;
        _members[bitfield.Index] = _members[bitfield.Index] with { Bits = new(storage, shift, count) };
    }

    private static (int Start, int End) Bytes(List<(int Index, LayoutField Field, int Offset)> run) =>
        (run.Min(static b => b.Offset + (b.Field.BitOffset / 8)), run.Max(static b => b.Offset + ((b.Field.BitOffset + b.Field.BitSize + 7) / 8)));

    private int AlignmentOf(LayoutTypeUse use) => types.Find(use.Element)?.Alignment ?? LayoutNumbers.SizeOf(use.Element);
}
