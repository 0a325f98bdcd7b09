using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>The C# types of a map that a layout describes.</summary>
/// <param name="Key">The C# type of the key; <see langword="null"/> for kinds without one.</param>
/// <param name="Prefix">Of a trie, the type of the data behind the prefix length.</param>
/// <param name="Value">The C# type of the value; <see langword="null"/> for kinds that hold something of the kernel's.</param>
internal sealed record MapTypes(MapKind Kind, string BaseClass, string? Key, string? Prefix, TypeLayout? KeyLayout, string? Value, LayoutTypeUse? ValueUse, TypeLayout? ValueLayout)
{
    /// <summary>Whether it is a stream of which the object does not say what its records are.</summary>
    public bool HoldsBytes { get; init; }

    /// <summary>The size of values that the kernel decides, where it leaves a choice and the object makes one.</summary>
    public int? ValueSize { get; init; }

    /// <summary>Of a map of maps, the types of the inner maps.</summary>
    public MapTypes? Inner { get; init; }

    /// <summary>The type arguments of the runtime's base class.</summary>
    /// <param name="innerClass">The class of the inner maps, for maps of maps.</param>
    public EquatableArray<string> BaseTypeArguments(string? innerClass)
    {
        string? key = Kind.Key switch
        {
            KeyRule.Any or KeyRule.ControlGroup => Key,
            KeyRule.Prefix => Prefix,
            _ => null,
        };
        return new[] { key, Value ?? innerClass }.OfType<string>().ToEquatableArray();
    }
}

/// <summary>Finds the C# types of maps.</summary>
internal sealed class ObjectMaps(ObjectTypes types)
{
    /// <summary>The largest buffer that stands for a type of which only the size is known.</summary>
    private const int LargestBuffer = 1 << 20;

    private readonly LayoutConversion _conversion = new(types);

    /// <param name="problem">Why the map has no class, if it has none.</param>
    public MapTypes? TypesOf(LayoutMap map, out string? problem)
    {
        problem = null;
        if (MapKind.Find(map.Type) is not { } kind || kind.BaseClassFor(map.Flags) is not { } baseClass)
        {
            problem = $"maps of kind {map.Type} have no class";
            return null;
        }
        problem = (kind.Key is KeyRule.None or KeyRule.Index ? null : map.KeyProblem) ?? (kind.Holds is null ? map.ValueProblem : null);
        if (problem is not null)
            return null;
        if (kind.Holds is not null)
            return AddKey(map, HeldBy(map, kind, baseClass, out problem), ref problem);
        if (kind.IsStream && RecordOf(map) is null)
        {
            TypeLayout oneByte = _conversion.Of(new LayoutTypeUse("u8", 0), "byte");
            return new(kind, baseClass, null, null, null, "byte", null, oneByte) { HoldsBytes = true };
        }
        if (SideOf(map.Value, map.ValueSize) is not (var value, var valueLayout))
        {
            problem = map.ValueSize == 0 ? "the object leaves the size of its values to the program" : "its values have a size that .NET has no type for";
            return null;
        }
        return AddKey(map, new(kind, baseClass, null, null, null, value, map.Value, valueLayout), ref problem);
    }

    /// <summary>Such values have no types; the inner maps of maps of maps do.</summary>
    private MapTypes? HeldBy(LayoutMap map, MapKind kind, string baseClass, out string? problem)
    {
        problem = null;
        MapTypes result = new(kind, baseClass, null, null, null, null, null, null)
        {
            ValueSize = map.ValueSize > 0 && KernelValues.OnlySize(kind.Type) is null ? map.ValueSize : null,
        };
        if (!kind.HoldsMaps)
            return result;
        MapTypes? inner = map.Inner is null ? null : TypesOf(map.Inner, out problem);
        if (inner is null)
            problem = map.Inner is null ? "the object does not say what its inner maps are" : $"its inner maps have no class: {problem}";
        return inner is null ? null : result with { Inner = inner };
    }

    private MapTypes? AddKey(LayoutMap map, MapTypes? result, ref string? problem)
    {
        if (result is null)
            return null;
        switch (result.Kind.Key)
        {
            case KeyRule.Index:
                return result with { Key = "uint", KeyLayout = _conversion.Of(new LayoutTypeUse("u32", 0), "uint") };
            case KeyRule.Prefix when PrefixOf(map) is (var data, var layout):
                string key = $"{types.Style.Runtime}LpmKey<{data}>";
                return result with { Key = key, Prefix = data, KeyLayout = LayoutConversion.Prefix(layout, Short(key)) };
            case KeyRule.Any or KeyRule.ControlGroup when SideOf(map.Key, map.KeySize) is (var own, var keyLayout):
                return result with { Key = own, KeyLayout = keyLayout };
            case KeyRule.None:
                return result;
            default:
                problem = map.KeySize == 0 ? "the object leaves the size of its keys to the program" : "its keys have a size that .NET has no type for";
                return null;
        }
    }

    /// <summary>The type of a stream's records, where the object names it: the values of a perf event array are descriptors.</summary>
    private static LayoutTypeUse? RecordOf(LayoutMap map) => map.Type == MapType.PerfEventArray ? null : map.Value;

    private (string Type, TypeLayout Layout)? SideOf(LayoutTypeUse? use, int size)
    {
        if (use is { } known)
            return types.TypeOf(known) is { } type ? (type, _conversion.Of(known, Short(type))) : null;
        if (size is <= 0 or > LargestBuffer)
            return null;
        string bytes = types.Bytes(size);
        return (bytes, LayoutConversion.Bytes(size, Short(bytes)));
    }

    /// <summary>What stands behind the prefix length: the one field there, or a struct of all there are.</summary>
    private (string Type, FieldLayout Layout)? PrefixOf(LayoutMap map)
    {
        int size = map.KeySize - ObjectTypes.PrefixLength;
        if (size is <= 0 or > LargestBuffer)
            return null;
        if (HeadedKeyOf(map) is not { } key)
        {
            string bytes = types.Bytes(size);
            return (bytes, new FieldLayout("Data", 0, LayoutConversion.Bytes(size, Short(bytes)), 0) with { Offset = ObjectTypes.PrefixLength });
        }
        LayoutField[] behind = [.. key.Fields.Where(static f => f.Offset >= ObjectTypes.PrefixLength)];
        if (behind.Length == 1 && behind[0] is { Offset: ObjectTypes.PrefixLength, BitSize: 0 } only && types.SizeOf(only.Type) == size && types.TypeOf(only.Type) is { } type)
            return (type, _conversion.Of(only) with { Name = "Data" });
        StructPlan rest = types.StructBehind(key, ObjectTypes.PrefixLength);
        return (types.Style.Own + rest.Name, new FieldLayout("Data", ObjectTypes.PrefixLength, _conversion.Of(rest.Layout), 0));
    }

    /// <summary>The struct of a trie's key, if the length of the prefix is a field of its own, or a head (<c>struct bpf_lpm_trie_key hdr</c>).</summary>
    private LayoutType? HeadedKeyOf(LayoutMap map)
    {
        LayoutType? key = map.Key is { Count: 0 } use ? types.Find(use.Element) : null;
        while (key is { Fields.Count: 1 } && key.Fields[0] is { Type.Count: 0 } whole && types.Find(whole.Type.Element) is { } inner && inner.Size == key.Size)
            key = inner;
        bool isSplit = key is { Kind: TypeKindInBtf.Struct } && key.Fields.All(f => f.Offset >= ObjectTypes.PrefixLength || f.Offset + types.SizeOf(f.Type) <= ObjectTypes.PrefixLength);
        return isSplit ? key : null;
    }

    /// <summary>The name without what it is qualified with.</summary>
    private string Short(string type)
    {
        string text = type.Replace("global::BpfMaps.", "").Replace("global::System.", "");
        return types.Style.Own.Length == 0 ? text : text.Replace(types.Style.Own, "");
    }
}
