namespace BpfMaps.Metadata;

/// <summary>
/// Reads the maps in the section <c>.maps</c> of an object. Each is a variable whose type describes the map.
/// </summary>
/// <remarks>
/// The bytes of the section have no meaning. A number is the length of an array that a member points to (<c>__uint(max_entries, 16)</c>
/// declares <c>int (*max_entries)[16]</c>), a type is what a member points to (<c>__type(value, struct v)</c> declares <c>struct v
/// *value</c>).
/// </remarks>
internal sealed class MapSectionReader
{
    private const string SectionName = ".maps";
    private const int MaxTypedefs = 32;
    private const int MaxMembers = 64;
    private const int GlobalLinkage = 1;

    private readonly Btf _btf;

    private MapSectionReader(Btf btf) => _btf = btf;

    public static List<BpfMapDefinition> Read(ElfFile elf, Btf? btf)
    {
        if (elf.Find(SectionName) is not { } elfSection)
            return [];
        if (btf is null)
            elf.Data(elfSection)
                .Throw(0, "the object defines maps, but has no section .BTF that says what they are; clang writes it with -g");
        return btf.Find(BtfKind.DataSection, SectionName) is { } section ? new MapSectionReader(btf).ReadAll(section) : [];
    }

    private List<BpfMapDefinition> ReadAll(BtfType section)
    {
        List<BpfMapDefinition> maps = [];
        HashSet<string> names = [];
        foreach (BtfSectionVariable entry in section.Variables)
        {
            BtfType variable = _btf[entry.TypeId];
            if (variable.Kind != BtfKind.Variable)
                section.Throw($"holds type {variable.Id} ({variable}), which is no variable");
            if (variable.Name.Length == 0)
                variable.Throw("is to define a map, and has no name");
            if (!names.Add(variable.Name))
                variable.Throw("is defined more than once");
            maps.Add(ReadMap(variable.Name, variable, variable.TypeId, isInner: false));
        }
        return maps;
    }

    private BpfMapDefinition ReadMap(string name, BtfType place, uint typeId, bool isInner)
    {
        BtfType definition = Resolve(typeId);
        if (definition.Kind != BtfKind.Struct)
            place.Throw($"is to define a map, and is declared as '{definition}' instead of a struct");

        if (definition.Count > MaxMembers)
            place.Throw($"is to define a map, and its struct has {definition.Count} members; loaders support about a dozen");

        MapDefinitionBuilder map = new(place);
        if (!isInner && place.Linkage != GlobalLinkage)
            map.Refuse(
                place.Linkage == 0
                    ? "it is static; libbpf wants maps to be global variables"
                    : "it is extern; link the object with the one that defines it"
            );
        foreach (BtfMember member in definition.Members)
            ReadMember(map, name, member, isInner);
        return map.Finish(name);
    }

    private void ReadMember(MapDefinitionBuilder map, string name, in BtfMember member, bool isInner)
    {
        switch (member.Name)
        {
            case "type":
                map.Type = Number32(map, member);
                break;
            case "key_size":
                map.SetKeySize(Number32(map, member));
                break;
            case "value_size":
                map.SetValueSize(Number32(map, member));
                break;
            case "max_entries":
                map.MaxEntries = Number32(map, member);
                break;
            case "map_flags":
                map.Flags = (BpfMapFlags)Number32(map, member);
                break;
            case "numa_node":
                map.NumaNode = Number32(map, member);
                break;
            case "map_extra":
                map.MapExtra = Number(map, member);
                break;
            case "pinning":
                SetPinning(map, Number32(map, member));
                break;
            case "key":
                map.SetKey(_btf, Pointee(map, member));
                break;
            case "value":
                map.SetValue(_btf, Pointee(map, member));
                break;
            case "values":
                ReadValues(map, name, member, isInner);
                break;
            default:
                // A newer loader may support it. It does not affect keys and values.
                map.Refuse($"libbpf does not support its member '{member.Name}'");
                break;
        }
    }

    /// <summary>Reads the definition of the values of a map of maps or an array of programs.</summary>
    private void ReadValues(MapDefinitionBuilder map, string name, in BtfMember member, bool isInner)
    {
        BtfType array = Resolve(member.TypeId);
        if (array.Kind != BtfKind.Array || Resolve(array.TypeId) is not { Kind: BtfKind.Pointer } pointer)
        {
            map.Place.Throw($"has a member 'values' declared as '{array}' instead of an array of pointers");
            return;
        }
        map.SetValueSize(sizeof(uint)); // What such a map holds is an id or a descriptor.
        BtfType element = Resolve(pointer.TypeId);
        if (element.Kind != BtfKind.Struct)
            return;
        if (isInner)
            map.Place.Throw("is a map of maps of maps, which no kernel has");
        map.InnerMap = ReadMap(name + ".inner", map.Place, element.Id, isInner: true);
    }

    private static void SetPinning(MapDefinitionBuilder map, uint pinning)
    {
        if (pinning > (uint)BpfMapPinning.ByName)
            map.Refuse($"its pinning is {pinning}; libbpf supports 0 (none) and 1 (by name)");
        map.Pinning = (BpfMapPinning)pinning;
    }

    private uint Number32(MapDefinitionBuilder map, in BtfMember member)
    {
        ulong number = Number(map, member);
        if (number > uint.MaxValue)
            map.Place.Throw($"has a member '{member.Name}' of 0x{number:x}, which is more than 32 bits");
        return (uint)number;
    }

    private ulong Number(MapDefinitionBuilder map, in BtfMember member)
    {
        BtfType type = Resolve(member.TypeId);
        if (type.Kind == BtfKind.Pointer && Resolve(type.TypeId) is { Kind: BtfKind.Array } array)
            return array.ElementCount;

        // A 64-bit number is too large for an array length, so it is the only constant of an enumeration (__ulong).
        if (type is { Kind: BtfKind.Enum or BtfKind.Enum64, EnumMembers: [var constant] })
            return type.Kind == BtfKind.Enum ? (uint)constant.Value : (ulong)constant.Value;
        map.Place.Throw($"has a member '{member.Name}' declared as '{type}' instead of a pointer to an array");
        return 0;
    }

    private uint Pointee(MapDefinitionBuilder map, in BtfMember member)
    {
        BtfType type = Resolve(member.TypeId);
        if (type.Kind != BtfKind.Pointer)
            map.Place.Throw($"has a member '{member.Name}' declared as '{type}' instead of a pointer to the type");
        return type.TypeId;
    }

    private BtfType Resolve(uint id)
    {
        for (int step = 0; ; step++)
        {
            BtfType type = _btf[id];
            if (type.Kind is not (BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag))
                return type;
            if (step == MaxTypedefs)
                type.Throw($"stands for more than {MaxTypedefs} types in a row, or for itself");
            id = type.TypeId;
        }
    }
}
