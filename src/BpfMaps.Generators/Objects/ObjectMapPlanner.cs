using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Objects;

/// <summary>Finds the C# types of maps.</summary>
internal sealed class ObjectMapPlanner(ObjectTypePlanner types)
{
    /// <summary>The size limit of buffers for types with a known size only.</summary>
    private const int LargestBuffer = 1 << 20;

    private readonly LayoutConverter _conversion = new(types);

    /// <param name="problem">The reason if the map has no class.</param>
    public ObjectMapTypes? TypesOf(LayoutMap map, out string? problem)
    {
        problem = null;
        if (MapTypeFacts.Find(map.Type) is not { } kind || kind.ClassFor(map.Flags) is not { } baseClass)
        {
            problem = $"{map.Type} maps have no typed class";
            return null;
        }
        problem = (kind.KeySize is null ? map.KeyProblem : null) ?? (kind.Holds is null ? map.ValueProblem : null);
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
            problem = map.ValueSize == 0 ? "the object does not define the size of its values" : "its values are too large for a .NET type";
            return null;
        }
        return AddKey(map, new(kind, baseClass, null, null, null, value, map.Value, valueLayout), ref problem);
    }

    /// <summary>Gets the types of maps without declared values. Only inner maps have types.</summary>
    private ObjectMapTypes? HeldBy(LayoutMap map, MapTypeFacts kind, string baseClass, out string? problem)
    {
        problem = null;
        ObjectMapTypes result = new(kind, baseClass, null, null, null, null, null, null)
        {
            ValueSize = map.ValueSize > 0 && kind.OnlyValueSize is null ? map.ValueSize : null,
        };
        if (!kind.HoldsMaps)
            return result;
        ObjectMapTypes? inner = map.Inner is null ? null : TypesOf(map.Inner, out problem);
        if (inner is null)
            problem = map.Inner is null ? "the object does not define its inner maps" : $"its inner maps have no typed class: {problem}";
        return inner is null ? null : result with { Inner = inner };
    }

    private ObjectMapTypes? AddKey(LayoutMap map, ObjectMapTypes? result, ref string? problem)
    {
        if (result is null)
            return null;
        switch (result.Kind.Keys)
        {
            case MapKeyRule.Index:
                return result with { Key = "uint", KeyLayout = _conversion.Of(new LayoutTypeUse("u32", 0), "uint") };
            case MapKeyRule.Prefix when PrefixOf(map) is (var data, var layout):
                string key = $"{types.Style.Runtime}LpmKey<{data}>";
                return result with { Key = key, Prefix = data, KeyLayout = LayoutConverter.Prefix(layout, Short(key)) };
            case MapKeyRule.Any or MapKeyRule.CgroupStorage when SideOf(map.Key, map.KeySize) is (var own, var keyLayout):
                return result with { Key = own, KeyLayout = keyLayout };
            case MapKeyRule.None or MapKeyRule.Cpu or MapKeyRule.Owner:
                return result;
            default:
                problem = map.KeySize == 0 ? "the object does not define the size of its keys" : "its keys are too large for a .NET type";
                return null;
        }
    }

    /// <summary>Gets the record type of a stream if the object defines it. The values of a perf event array are descriptors.</summary>
    private static LayoutTypeUse? RecordOf(LayoutMap map) => map.Type == BpfMapType.PerfEventArray ? null : map.Value;

    private (string Type, TypeLayout Layout)? SideOf(LayoutTypeUse? use, int size)
    {
        if (use is { } known)
            return types.TypeOf(known) is { } type ? (type, _conversion.Of(known, Short(type))) : null;
        if (size is <= 0 or > LargestBuffer)
            return null;
        string bytes = types.Bytes(size);
        return (bytes, LayoutConverter.Bytes(size, Short(bytes)));
    }

    /// <summary>Gets the data after the prefix length: a single field, or a struct of several.</summary>
    private (string Type, FieldLayout Layout)? PrefixOf(LayoutMap map)
    {
        int size = map.KeySize - KernelLimits.PrefixLengthSize;
        if (size is <= 0 or > LargestBuffer)
            return null;
        if (HeadedKeyOf(map) is not { } key)
        {
            string bytes = types.Bytes(size);
            return (
                bytes,
                new FieldLayout("Data", 0, LayoutConverter.Bytes(size, Short(bytes)), 0) with
                {
                    Offset = KernelLimits.PrefixLengthSize,
                }
            );
        }
        LayoutField[] behind = [.. key.Fields.Where(static f => f.Offset >= KernelLimits.PrefixLengthSize)];
        if (
            behind.Length == 1
            && behind[0] is { Offset: KernelLimits.PrefixLengthSize, BitSize: 0 } only
            && types.SizeOf(only.Type) == size
            && types.TypeOf(only.Type) is { } type
        )
            return (type, _conversion.Of(only) with { Name = "Data" });
        StructPlan rest = types.StructBehind(key, KernelLimits.PrefixLengthSize);
        return (types.Style.Own + rest.Name, new FieldLayout("Data", KernelLimits.PrefixLengthSize, _conversion.Of(rest.Layout), 0));
    }

    /// <summary>
    /// Gets the struct of a trie key if the prefix length is a separate field or header (<c>struct bpf_lpm_trie_key hdr</c>).
    /// </summary>
    private LayoutType? HeadedKeyOf(LayoutMap map)
    {
        LayoutType? key = map.Key is { Count: 0 } use ? types.Find(use.Element) : null;
        while (
            key is { Fields.Count: 1 }
            && key.Fields[0] is { Type.Count: 0 } whole
            && types.Find(whole.Type.Element) is { } inner
            && inner.Size == key.Size
        )
            key = inner;
        bool isSplit =
            key is { Kind: BpfTypeKind.Struct }
            && key.Fields.All(f =>
                f.Offset >= KernelLimits.PrefixLengthSize || f.Offset + types.SizeOf(f.Type) <= KernelLimits.PrefixLengthSize
            );
        return isSplit ? key : null;
    }

    /// <summary>Gets the name without qualifiers.</summary>
    private string Short(string type)
    {
        string text = type.Replace("global::BpfMaps.", "").Replace("global::System.", "");
        return types.Style.Own.Length == 0 ? text : text.Replace(types.Style.Own, "");
    }
}
