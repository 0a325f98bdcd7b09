using BpfMaps.Generators.Comparison;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.CodeFixes.Objects;

/// <summary>Writes the C# declaration of a map of an object.</summary>
internal static class MapDeclarationWriter
{
    /// <param name="accessibility"><c>public</c> or <c>internal</c>.</param>
    /// <returns>The lines; <see langword="null"/> if the map type has no class, or the object does not fully define the types.</returns>
    public static string[]? Of(ObjectMap found, string typeName, string accessibility)
    {
        LayoutMap map = found.Map;
        // The values of a perf event array are descriptors, which C# does not declare.
        if (map.Type == BpfMapType.PerfEventArray)
            return null;
        // Maps of maps also need a declaration of their inner maps; `bpfmaps generate` writes both.
        if (MapTypeFacts.Find(map.Type) is not { Keys: not MapKeyRule.Prefix, HoldsMaps: false } kind || kind.ClassFor(map.Flags) is null)
            return null;
        MemberNames names = new([typeName, "Key"]);
        StructWriter text = new(found.Object.Types, names, isKey: false);
        List<string> body = [];
        string? key = null;
        if (kind.Keys is MapKeyRule.Any or MapKeyRule.CgroupStorage)
        {
            if (map.Key is not { } keyUse || !TryKey(found, keyUse, out key, body))
                return null;
        }

        string? valueType = null,
            layout = null;
        if (kind.Holds is not null)
        {
            // The values in the object are descriptors or ids.
        }
        else if (map.Value is not { } value)
        {
            return null;
        }
        else if (StructOf(found, value) is { } type)
        {
            (List<FieldText> fields, layout) = text.Write(type);
            body.AddRange(fields.Select(f => StructWriter.Line(f, layout is not null)));
            foreach (string[] lines in text.Types)
                body.AddRange(["", .. lines]);
        }
        else if (Single(found, value) is { } single)
        {
            valueType = single;
        }
        bool isClass = valueType is not null || kind.Holds is not null;
        if (text.HasFailed || (!isClass && body.Count == 0))
            return null;
        if (body.Count > 0 && body[body.Count - 1].Length == 0)
            body.RemoveAt(body.Count - 1);

        List<string> declaration = [$"[global::BpfMaps.BpfMap({string.Join(", ", Arguments(found, key, valueType))})]"];
        if (layout is not null)
            declaration.Add(layout);
        string head = isClass ? $"{accessibility} sealed partial class {typeName}" : $"{accessibility} struct {typeName}";
        if (body.Count == 0)
            return [.. declaration, head + ";"];
        return [.. declaration, head, "{", .. body.Select(static line => line.Length == 0 ? "" : "    " + line), "}"];
    }

    private static IEnumerable<string> Arguments(ObjectMap found, string? key, string? value)
    {
        yield return $"Type = global::BpfMaps.BpfMapType.{found.Map.Type}";
        if (key is not null)
            yield return $"Key = typeof({key})";
        if (value is not null)
            yield return $"Value = typeof({value})";
        // The depth of stacks, unless the program sets it before the load.
        if (found.Map is { Type: BpfMapType.StackTrace, ValueSize: > 0 })
            yield return $"ValueSize = {found.Map.ValueSize.Text()}";
        yield return $"Name = \"{found.Map.Name}\"";
        if (found.Map.MaxEntries != 0)
            yield return $"MaxEntries = {MapTypeFacts.Of(found.Map.Type).LoadedCapacity(found.Map.MaxEntries, KernelLimits.SmallestPage).Text()}";
        // The loader adds these flags.
        if ((found.Map.Flags & ~BpfMapFlags.NumaNode).ToCodeIfNamed() is { } flags)
            yield return $"Flags = {flags}";
        if (found.Map.MapExtra != 0)
            yield return $"MapExtra = {found.Map.MapExtra.Text()}";
        yield return $"Object = \"{found.Object.Name}\"";
    }

    /// <summary>Gets the key: a type for the attribute, or a nested struct <c>Key</c>.</summary>
    private static bool TryKey(ObjectMap found, LayoutTypeUse use, out string? key, List<string> body)
    {
        key = null;
        if (StructOf(found, use) is not { } type)
            return (key = Single(found, use)) is not null;
        StructWriter text = new(found.Object.Types, new MemberNames(["Key"]), isKey: true);
        (List<FieldText> fields, string? layout) = text.Write(type);
        if (text.HasFailed || fields.Count == 0)
            return false;
        if (layout is not null)
            body.Add(layout);
        body.AddRange(["public struct Key", "{", .. fields.Select(f => "    " + StructWriter.Line(f, layout is not null))]);
        foreach (string[] lines in text.Types)
            body.AddRange(["", .. lines.Select(static l => "    " + l)]);
        body.AddRange(["}", ""]);
        return true;
    }

    private static LayoutType? StructOf(ObjectMap found, LayoutTypeUse use) =>
        use.Count == 0 && found.Object.Types.TryGetValue(use.Element, out LayoutType? type) && type.Kind == BpfTypeKind.Struct
            ? type
            : null;

    private static string? Single(ObjectMap found, LayoutTypeUse use) =>
        ObjectLeaves.Of(found.Object.Types, use).Before(int.MaxValue) is { Count: 1 } leaves ? MemberTypes.Of(leaves[0]) : null;
}
