namespace BpfMaps.Metadata;

/// <summary>
/// Reads the sections of an object with variables. A loader creates an array with one element for each; its value is the section.
/// </summary>
internal sealed class DataSections
{
    /// <summary>More than the value of a map can have.</summary>
    private const int MaxSize = 1 << 30;

    private readonly ElfFile _elf;
    private readonly Btf? _btf;
    private readonly Dictionary<string, BtfType> _described = [];
    private readonly SymbolPlaces _places;

    private DataSections(ElfFile elf, Btf? btf, List<ElfSymbol> symbols)
    {
        _elf = elf;
        _btf = btf;
        _places = new(symbols);
        foreach (BtfType section in btf?.OfKind(BtfKind.DataSection) ?? [])
            _described.TryAdd(section.Name, section);
    }

    public static IEnumerable<BpfMapDefinition> Read(ElfFile elf, Btf? btf, List<ElfSymbol> symbols)
    {
        DataSections reader = new(elf, btf, symbols);
        HashSet<string> names = [];
        foreach (ElfSection section in elf.Sections)
        {
            if (section.IsVariables && section.Size != 0 && names.Add(section.Name))
                yield return reader.ReadSection(section);
        }
    }

    private BpfMapDefinition ReadSection(ElfSection section)
    {
        FileView data = _elf.Data(section);
        if (section.Size > MaxSize)
            data.Throw(0, $"section '{section.Name}' has {section.Size} bytes; a map's value has at most {MaxSize}");

        int size = (int)section.Size;
        BtfType? described = _described.GetValueOrDefault(section.Name);
        List<BpfVariableDefinition> variables = described is null ? [] : ReadVariables(section, described);
        BpfFieldLayout[] fields =
        [
            .. variables.Where(static variable => variable.Field is not null).Select(static variable => variable.Field!),
        ];
        BtfAlignment alignment = new(size);
        foreach (BpfFieldLayout field in fields)
            alignment.Add(field);

        // As loaders do: programs cannot write constants, and sections with visible variables are mapped.
        BpfMapFlags flags = section.IsReadOnly ? BpfMapFlags.ReadOnlyProgram : BpfMapFlags.None;
        if (variables.Exists(static variable => !variable.IsStatic))
            flags |= BpfMapFlags.Mmapable;
        return new(section.Name, BpfMapType.Array)
        {
            KeySize = sizeof(uint),
            ValueSize = size,
            MaxEntries = 1,
            Flags = flags,
            Key = BpfTypeLayout.Of<uint>(),
            Value = described is null ? null : BpfTypeLayout.Struct(section.Name, size, alignment.Value, fields),
            IsVariables = true,
            Variables = variables,
        };
    }

    private List<BpfVariableDefinition> ReadVariables(ElfSection section, BtfType described)
    {
        const int isStatic = 0,
            isExtern = 2;
        List<BpfVariableDefinition> variables = new(described.Count);
        foreach (BtfSectionVariable entry in described.Variables)
        {
            BtfType variable = _btf![entry.TypeId];
            if (variable.Kind != BtfKind.Variable || variable.Linkage == isExtern)
                continue;

            // A linker writes sizes and offsets into the BTF. If the section has no size there, the object was not linked, and the offsets
            // are in the symbols.
            ulong place =
                described.Size != 0 ? entry.Offset : _places.Of(section.Index, variable.Name, variable.Linkage == isStatic, entry.Offset);
            uint size = entry.Size;
            if (place > section.Size || size > section.Size - place)
                described.Throw($"has {section.Size} bytes, and '{variable.Name}' of {size} bytes at {place} in it");
            _btf.Layouts.TryPlace(described, (long)section.Size, variable, (long)place, out BpfFieldLayout? field, out string? problem);
            if (field is not null && size > (uint)field.Size)
            {
                // The initial value of a flexible array is part of the variable, not of its type.
                problem = $"it has {size} bytes, and its type {field.Size}: the last member of the type has no length of its own";
                field = null;
            }
            variables.Add(
                new()
                {
                    Name = variable.Name,
                    Offset = (int)place,
                    Size = (int)size,
                    IsStatic = variable.Linkage == isStatic,
                    Field = field,
                    Problem = problem,
                }
            );
        }
        return [.. variables.OrderBy(static variable => variable.Offset)];
    }
}
