using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Writes a map definition of a header, as libbpf reads it.</summary>
internal static class HeaderMapEmitter
{
    public static void Emit(CWriter writer, HeaderMap map)
    {
        if (map.Name.Length == 0)
        {
            writer.Comment($"{map.CSharpName} is left out: its name is not a name in C, or another map has it.");
            return;
        }
        DefineCapacities(writer, map);
        writer.Comment(Description(map));
        writer.WriteLine("struct {");
        writer.Indent();
        Members(writer, map);
        writer.Unindent();
        writer.WriteLine($"}} {map.Name} SEC(\".maps\");");
    }

    private static string Description(HeaderMap map)
    {
        string text = HeaderEmitter.Described(map.CSharpName, map.Summary);
        if (map.Record is null)
            return text;
        return $"{text}{(text.EndsWith(".", StringComparison.Ordinal) ? "" : ".")} Its records are {map.Record}.";
    }

    private static void Members(CWriter writer, HeaderMap map)
    {
        MapTypeFacts kind = MapTypeFacts.Find(map.Type)!;
        writer.WriteLine($"__uint(type, {MapTypeNames.Of(kind)});");
        MaxEntries(writer, map, kind);
        if (map.Flags != BpfMapFlags.None)
            writer.WriteLine($"__uint(map_flags, {MapTypeNames.Of(map.Flags)});");
        if (map.MapExtra > int.MaxValue)
            writer.WriteLine($"__ulong(map_extra, {map.MapExtra.Text()}ULL);");
        else if (map.MapExtra != 0)
            writer.WriteLine($"__uint(map_extra, {map.MapExtra.Text()});");
        if (map.Key is { } key)
            writer.WriteLine($"__type(key, {key});");
        else if (map.KeySize is { } keySize and > 0)
            writer.WriteLine($"__uint(key_size, {keySize.Text()});");
        if (map.Value is { } value)
            writer.WriteLine($"__type(value, {value});");
        else if (map.ValueSize is { } valueSize and > 0)
            writer.WriteLine($"__uint(value_size, {valueSize.Text()});");
        if (map.Inner is not { } inner)
            return;
        writer.WriteLine("__array(values, struct {");
        writer.Indent();
        Members(writer, inner);
        writer.Unindent();
        writer.WriteLine("});");
    }

    private static void MaxEntries(CWriter writer, HeaderMap map, MapTypeFacts kind)
    {
        if (map.MaxEntries is { } maxEntries)
            writer.WriteLine($"__uint(max_entries, {maxEntries.Text()});");
        else if (IsSizedLater(map, kind))
            writer.WriteLine($"__uint(max_entries, {CapacityOf(map)});");
    }

    /// <summary>Defines the capacities of maps that declare none, unless the program has done so.</summary>
    private static void DefineCapacities(CWriter writer, HeaderMap map)
    {
        for (HeaderMap? each = map; each is not null; each = each.Inner)
        {
            if (IsSizedLater(each, MapTypeFacts.Find(each.Type)!))
                writer.WriteLine(
                    $"""
                    #ifndef {CapacityOf(each)}
                    #define {CapacityOf(each)} 0 /* define it before including this file, or set it before loading */
                    #endif
                    """
                );
        }
    }

    /// <summary>Gets whether the loader does not know the capacity. It counts CPUs only for perf event arrays.</summary>
    private static bool IsSizedLater(HeaderMap map, MapTypeFacts kind) =>
        map.MaxEntries is null && (!kind.SizesItself || kind.Type == BpfMapType.CpuMap);

    private static string CapacityOf(HeaderMap map) => map.Name.ToUpperInvariant().Replace('.', '_') + "_MAX_ENTRIES";
}
