using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>Writes the maps of an object as declarations that a user keeps and changes: <c>[BpfMap]</c> classes, and the types that they use.</summary>
internal static class DeclarationEmitter
{
    /// <param name="objectFile">The name of the object's file.</param>
    /// <param name="namespace">The namespace; <see langword="null"/> for the global one.</param>
    /// <param name="more">Types that are written although no map is of them.</param>
    public static string Emit(LayoutFile layout, string objectFile, string? @namespace, IEnumerable<LayoutType>? more = null)
    {
        NameScope names = new();
        (LayoutMap Map, string ClassName, string InnerClassName)[] maps =
            [.. layout.Maps.Select(m => (m, names.Take(CSharpNames.OfMap(m.Name) + "Map", ""), m.Inner is null ? "" : names.Take(CSharpNames.OfMap(m.Name) + "InnerMap", "")))];
        ObjectTypes types = new(layout, names, TypeStyle.Plain);
        ObjectMaps mapTypes = new(types);
        ValueAggregation aggregation = new(types);

        SourceWriter writer = new();
        writer.WriteLine($"// The maps of {objectFile}, as declarations to keep and to change.");
        writer.WriteLine("using System;\nusing System.Runtime.CompilerServices;\nusing System.Runtime.InteropServices;\nusing BpfMaps;");
        if (@namespace is not null)
            writer.WriteLine($"\nnamespace {@namespace};");
        foreach ((LayoutMap map, string className, string innerClassName) in maps)
            EmitMap(writer, mapTypes, aggregation, map, className, innerClassName, objectFile);
        foreach (LayoutType type in more ?? [])
            _ = types.TypeOf(new LayoutTypeUse(type.Token, 0));
        foreach (LayoutMap map in layout.Maps)
        {
            if (map.Key is { } key)
                types.NamePaddingIn(key);
        }
        if (types.InOrder.Count > 0)
        {
            writer.WriteLine();
            new TypeEmitter(writer, types, aggregation).EmitAll();
        }
        return writer.ToString();
    }

    private static void EmitMap(SourceWriter writer, ObjectMaps mapTypes, ValueAggregation aggregation, LayoutMap map, string className, string innerClassName, string objectFile)
    {
        MapTypes? types = TypesOf(mapTypes, aggregation, map, out string? problem);
        writer.WriteLine();
        if (types is null || problem is not null)
        {
            writer.WriteLine($"// The map '{DocText.Xml(map.Name)}' ({map.Type}) has no declaration: {DocText.Xml(problem ?? "")}.");
            return;
        }
        List<string> arguments = Arguments(map, types);
        if (types.Inner is not null)
        {
            // It is no map of the object: programs, or this process, create as many as they want.
            EmitDeclaration(writer, $"The maps inside of <c>{DocText.Xml(map.Name)}</c>.", Arguments(map.Inner!, types.Inner), innerClassName);
            writer.WriteLine();
            arguments.Add($"Inner = typeof({innerClassName})");
        }
        arguments.Add($"Object = {DocText.Literal(objectFile)}");
        EmitDeclaration(writer, $"The map <c>{DocText.Xml(map.Name)}</c>.", arguments, className);
    }

    private static MapTypes? TypesOf(ObjectMaps mapTypes, ValueAggregation aggregation, LayoutMap map, out string? problem)
    {
        const string NoSum = "its values have no sum";
        bool isPerCpu = MapKind.Find(map.Type) is { IsPerCpu: true };
        problem = isPerCpu && map.Value is null ? map.ValueProblem ?? NoSum : null;
        MapTypes? types = problem is null ? mapTypes.TypesOf(map, out problem) : null;
        if (isPerCpu && types is { ValueUse: { } use } && !aggregation.HasTotal(use))
            problem = NoSum;
        if (types is { HoldsBytes: true })
            problem = "the object does not say what its records are";
        if (types is { Inner: not null })
        {
            _ = TypesOf(mapTypes, aggregation, map.Inner!, out string? innerProblem);
            problem = innerProblem is null ? null : $"its inner maps have none: {innerProblem}";
        }
        return types;
    }

    private static List<string> Arguments(LayoutMap map, MapTypes types)
    {
        List<string> arguments = [$"Type = BpfMapType.{map.Type}"];
        if (types.Kind.Key is KeyRule.Any or KeyRule.ControlGroup or KeyRule.Prefix)
            arguments.Add($"Key = typeof({types.Key})");
        if (types.Value is not null)
            arguments.Add($"Value = typeof({types.Value})");
        arguments.Add($"Name = {DocText.Literal(MapNames.IsValid(map.Name) ? map.Name : MapNames.Nearest(map.Name))}");
        if (map.MaxEntries > 0)
            arguments.Add($"MaxEntries = {RingSize.Loaded(map.Type, map.MaxEntries).Text()}");
        if (Flags(map.Flags & types.Kind.Flags) is { Length: > 0 } flags)
            arguments.Add("Flags = " + flags);
        if (map.MapExtra != 0)
            arguments.Add($"MapExtra = {map.MapExtra.Text()}");
        if (types.ValueSize is { } size)
            arguments.Add($"ValueSize = {size.Text()}");
        return arguments;
    }

    private static void EmitDeclaration(SourceWriter writer, string summary, List<string> arguments, string className)
    {
        writer.WriteLine($"/// <summary>{summary}</summary>");
        writer.WriteLine($"[BpfMap({string.Join(", ", arguments)})]");
        writer.WriteLine($"public sealed partial class {className};");
    }

    private static string Flags(MapFlags flags) => flags == MapFlags.None
        ? ""
        : string.Join(" | ", flags.ToString().Split([", "], StringSplitOptions.None).Select(static flag => "BpfMapFlags." + flag));
}
