namespace BpfMaps.Metadata;

/// <summary>Selects the types of a layout file that no map or variable uses.</summary>
internal static class ListedTypes
{
    /// <summary>
    /// The maximum number of lines for such types, so that a compiler reads the file quickly.
    /// </summary>
    private const int MostLines = 8192;

    /// <summary>Adds the types of the object itself to those of its maps and variables.</summary>
    /// <param name="table">The types so far.</param>
    /// <param name="file">The object.</param>
    /// <param name="wanted">Names of types that are always added.</param>
    /// <returns>The number of omitted types.</returns>
    public static int AddTo(LayoutTypeTable table, BpfObjectFile file, IReadOnlyCollection<string> wanted)
    {
        if (file.Btf is not { } btf)
            return 0;
        foreach (string name in wanted)
            AddWanted(table, btf, name);

        int left = 0,
            limit = table.LineCount + MostLines;
        foreach (uint id in file.OwnTypeIds())
        {
            if (table.LineCount >= limit)
                left++;
            else
                Add(table, btf, id);
        }
        return left;
    }

    private static void AddWanted(LayoutTypeTable table, Btf btf, string name)
    {
        string plain = name[(name.LastIndexOf(' ') + 1)..];
        for (uint id = 1; id < (uint)btf.Count; id++)
        {
            BtfType type = btf[id];
            bool isMeant =
                type.Kind is BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Typedef && type.Name == plain;
            if (isMeant || type.EnumMembers.Any(constant => constant.Name == plain))
                Add(table, btf, id);
        }
    }

    private static void Add(LayoutTypeTable table, Btf btf, uint id)
    {
        try
        {
            // A type without a layout, or a corrupt one, must not make the rest of the object unusable.
            if (btf.TryGetLayout(id, out BpfTypeLayout? layout, out _) && layout.Size != 0)
                table.Token(layout, layout.EnumMembers is [var first, ..] ? "@" + first.Name : "@" + btf[id].Name);
        }
        catch (BpfFormatException) { }
    }
}
