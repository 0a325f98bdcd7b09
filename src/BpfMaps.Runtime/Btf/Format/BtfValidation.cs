namespace BpfMaps.Metadata;

/// <summary>Checks each type of BTF: its kind, its length, its names, and that the types it refers to exist.</summary>
internal static class BtfValidation
{
    /// <summary>BTF_MAX_TYPE.</summary>
    private const int MaxTypes = 0xf_ffff;

    /// <summary>
    /// Names can share their endings, so a few strings can give many long names. The names of real BTF have fewer bytes than the BTF; this
    /// limits the memory for all of them.
    /// </summary>
    private const int MaxNameBytesPerByte = 16;

    /// <summary>Finds the offset of each type. Type 0 is <c>void</c> and has no offset.</summary>
    public static int[] Check(BtfSections sections)
    {
        int[] positions = Locate(sections.Types);
        long budget = (long)MaxNameBytesPerByte * (sections.Types.Length + sections.Strings.Length);
        for (int id = 1; id < positions.Length; id++)
        {
            BtfRecord record = BtfRecord.Read(sections.Types, positions[id]);
            budget -= sections.Strings.TextLength(record.NameOffset, "the name of a type");
            budget -= CheckEntries(sections, record, (uint)positions.Length);
            if (budget < 0)
                sections.Types.Throw(
                    record.Position,
                    $"the names up to here have more than {MaxNameBytesPerByte} times as many bytes as the whole"
                );
        }
        return positions;
    }

    private static int[] Locate(FileView types)
    {
        int count = 1;
        for (int at = 0; at < types.Length; at += BtfRecord.Read(types, at).Size)
            count++;
        if (count > MaxTypes)
            types.Throw(0, $"expected at most {MaxTypes} types, found {count}");

        int[] positions = new int[count];
        int position = 0;
        for (int id = 1; id < count; id++)
        {
            positions[id] = position;
            position += BtfRecord.Read(types, position).Size;
        }
        return positions;
    }

    /// <returns>The number of bytes of the names that the entries refer to.</returns>
    private static long CheckEntries(BtfSections sections, in BtfRecord record, uint typeCount)
    {
        int at = record.Position + BtfRecord.HeadSize;
        int end = record.Position + record.Size;
        long names = 0;
        switch (record.Kind)
        {
            case BtfKind.Array:
                CheckReference(sections.Types, at, typeCount);
                CheckReference(sections.Types, at + 4, typeCount);
                break;
            case BtfKind.Struct or BtfKind.Union:
                for (; at < end; at += 12)
                {
                    names += NameLength(sections, at);
                    CheckReference(sections.Types, at + 4, typeCount);
                }
                break;
            case BtfKind.Enum or BtfKind.Enum64:
                for (; at < end; at += record.Kind == BtfKind.Enum ? 8 : 12)
                    names += NameLength(sections, at);
                break;
            case BtfKind.FunctionPrototype:
                CheckReference(sections.Types, record.Position + 8, typeCount);
                for (; at < end; at += 8)
                {
                    names += NameLength(sections, at);
                    CheckReference(sections.Types, at + 4, typeCount);
                }
                break;
            case BtfKind.DataSection:
                for (; at < end; at += 12)
                    CheckReference(sections.Types, at, typeCount);
                break;
            case BtfKind.Int:
                CheckInteger(sections.Types, record);
                break;
            case BtfKind.Float or BtfKind.Forward:
                break;
            default:
                CheckReference(sections.Types, record.Position + 8, typeCount);
                break;
        }
        return names;
    }

    private static void CheckInteger(FileView types, in BtfRecord record)
    {
        uint entry = types.UInt32(record.Position + BtfRecord.HeadSize, "an integer's encoding");
        uint bits = entry & 0xff,
            offset = entry >> 16 & 0xff;
        if (bits == 0 || bits + offset > record.SizeOrType * 8ul)
            types.Throw(record.Position, $"an integer of {record.SizeOrType} bytes is said to have {bits} bits from bit {offset}");
    }

    private static int NameLength(BtfSections sections, int at) =>
        sections.Strings.TextLength(sections.Types.UInt32(at, "a name"), "a name");

    private static void CheckReference(FileView types, int at, uint typeCount)
    {
        uint id = types.UInt32(at, "a type's id");
        if (id >= typeCount)
            types.Throw(at, $"expected the id of one of {typeCount} types, found {id}");
    }
}
