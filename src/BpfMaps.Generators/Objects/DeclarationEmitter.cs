using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>
/// Writes the maps of an object as declarations for users to keep and change: <c>[BpfMap]</c> classes and the types that they use.
/// </summary>
internal sealed class DeclarationEmitter
{
    private readonly SourceWriter _writer = new();
    private readonly LayoutFile _layout;
    private readonly string? _objectFile;
    private readonly DeclarationMetrics? _metrics;
    private readonly NameScope _names;
    private readonly ObjectTypePlanner _types;
    private readonly ObjectMapPlanner _maps;
    private readonly AggregationPlanner _aggregation;

    private DeclarationEmitter(LayoutFile layout, string? objectFile, string? @namespace, DeclarationMetrics? metrics)
    {
        _layout = layout;
        _metrics = metrics;
        _names = new(
            metrics is null
                ? CSharpNames.UsedByDeclarations
                : CSharpNames.UsedByDeclarations.Concat(DeclarationMetrics.UsedNames).Concat(metrics.Classes.Keys)
        );
        _objectFile = objectFile;
        _types = new(layout, _names, TypeStyle.Plain(@namespace));
        _maps = new(_types);
        _aggregation = new(_types);
    }

    /// <param name="objectFile">The name of the object's file; <see langword="null"/> if the maps are loaded.</param>
    /// <param name="namespace">The C# namespace; <see langword="null"/> for the global one.</param>
    /// <param name="more">Types to write even if no map uses them.</param>
    /// <param name="metrics">Metrics to declare.</param>
    public static string Emit(
        LayoutFile layout,
        string? objectFile,
        string? @namespace,
        IEnumerable<LayoutType>? more = null,
        DeclarationMetrics? metrics = null
    )
    {
        DeclarationEmitter emitter = new(layout, objectFile, @namespace, metrics);
        emitter.EmitAll(@namespace, more ?? []);
        return emitter._writer.ToString();
    }

    private void EmitAll(string? @namespace, IEnumerable<LayoutType> more)
    {
        (LayoutMap Map, string ClassName, string InnerClassName)[] maps =
        [
            .. _layout.Maps.Select(m =>
                (
                    m,
                    _names.Take(CSharpNames.OfMap(m.Name) + "Map", ""),
                    m.Inner is null ? "" : _names.Take(CSharpNames.OfMap(m.Name) + "InnerMap", "")
                )
            ),
        ];
        string origin = _objectFile is null ? "a loaded map" : "the maps of " + OutsideText.Escape(_objectFile);
        _writer.WriteLine($"// Declarations of {origin}, to be kept and changed.");
        foreach (string unsupported in _metrics?.Unsupported ?? [])
            _writer.WriteLine($"// Not supported: {OutsideText.Escape(unsupported)}.");
        _writer.WriteLine("using System;\nusing System.Runtime.CompilerServices;\nusing System.Runtime.InteropServices;\nusing BpfMaps;");
        if (@namespace is not null)
            _writer.WriteLine($"\nnamespace {@namespace};");
        foreach ((LayoutMap map, string className, string innerClassName) in maps)
            EmitMap(map, className, innerClassName);
        foreach (LayoutType type in more)
            _ = _types.TypeOf(new LayoutTypeUse(type.Token, 0));
        foreach (LayoutMap map in _layout.Maps)
        {
            if (map.Key is { } key)
                _types.NamePaddingIn(key);
        }
        if (_types.InOrder.Count > 0)
        {
            _writer.WriteLine();
            new TypeEmitter(_writer, _types, _aggregation, _metrics?.Fields).EmitAll();
        }
        foreach (string text in _metrics?.Classes.Values ?? [])
            _writer.WriteLine("\n" + text);
    }

    private void EmitMap(LayoutMap map, string className, string innerClassName)
    {
        Declaration? declaration = DeclarationOf(map, out string? problem);
        Declaration? inner = declaration is { Types.Inner: not null } ? DeclarationOf(map.Inner!, out problem) : null;
        _writer.WriteLine();
        if (declaration is null || (declaration.Types.Inner is not null && inner is null))
        {
            string of = declaration is null ? "" : "its inner maps cannot be declared: ";
            _writer.WriteLine(
                $"// The map '{OutsideText.Escape(map.Name)}' ({map.Type}) cannot be declared: {of}{OutsideText.Escape(problem ?? "")}."
            );
            return;
        }
        bool isNamed = map.Name.Length > 0 && map.Name.All(MapNames.IsAllowed);
        List<string> arguments = DeclarationArguments.Of(
            declaration.Map,
            declaration.Types,
            isNamed ? map.Name : MapNames.Nearest(map.Name),
            declaration.Value
        );
        if (inner is not null)
        {
            // The object does not contain inner maps; programs or this process create them.
            EmitClass(
                $"The inner maps of <c>{DocText.Xml(map.Name)}</c>.",
                inner,
                DeclarationArguments.Of(inner.Map, inner.Types, InnerName(inner.Map.Name), inner.Value),
                innerClassName,
                []
            );
            _writer.WriteLine();
            arguments.Add($"Inner = typeof({innerClassName})");
        }
        // Without a valid name, the declaration cannot be compared with the object.
        if (isNamed && _objectFile is not null)
            arguments.Add($"Object = {DocText.Literal(_objectFile)}");
        EmitClass(
            $"The map <c>{DocText.Xml(map.Name)}</c>.",
            declaration,
            arguments,
            className,
            _metrics is not null && _metrics.Maps.TryGetValue(map.Name, out IReadOnlyList<string>? metrics) ? metrics : []
        );
    }

    /// <summary>Names inner maps. The names of the object's maps, including truncated ones, are already used.</summary>
    private string InnerName(string name) =>
        _layout.FindMap(MapNames.Nearest(name)) is null ? MapNames.Nearest(name) : MapNames.Nearest("inner." + name);

    private void EmitClass(string summary, Declaration declaration, List<string> arguments, string className, IReadOnlyList<string> metrics)
    {
        _writer.WriteLine($"/// <summary>{summary}</summary>");
        if (declaration.Remark is { } remark)
            _writer.WriteLine($"/// <remarks>{DocText.Xml(remark)}</remarks>");
        _writer.WriteLine($"[BpfMap({string.Join(", ", arguments)})]");
        foreach (string metric in metrics)
            _writer.WriteLine(metric);
        _writer.WriteLine($"public sealed partial class {className};");
    }

    /// <summary>The declaration of a map.</summary>
    /// <param name="Map">The map. Types without a layout are removed and declared as bytes.</param>
    /// <param name="Value">The C# type of the values; <see langword="null"/> for map types without declared values.</param>
    /// <param name="Remark">A remark for readers of the declaration.</param>
    private sealed record Declaration(LayoutMap Map, ObjectMapTypes Types, string? Value, string? Remark);

    /// <returns><see langword="null"/> if the map cannot be declared for the reason in <paramref name="problem"/>.</returns>
    private Declaration? DeclarationOf(LayoutMap map, out string? problem)
    {
        string? remark = null;
        if (map is { KeyProblem: { } keyProblem, KeySize: > 0 })
        {
            remark = $"The keys are declared as bytes: {keyProblem}.";
            map = map with { Key = null, KeyProblem = null };
        }
        if (map is { ValueProblem: { } valueProblem, ValueSize: > 0 })
        {
            remark = $"{(remark is null ? "" : remark + " ")}The values are declared as bytes: {valueProblem}.";
            map = map with { Value = null, ValueProblem = null };
        }
        ObjectMapTypes? types = _maps.TypesOf(map, out problem);
        problem ??= types is null ? null : WhyRefused(map, types.Kind);
        if (types is null || problem is not null)
            return null;
        if (types.HoldsBytes)
            remark = "The object does not define the type of its records: replace 'byte' by their type.";
        return new(map, types, types.Kind.IsPerCpu ? PerCpuValue(map, types, ref remark) : types.Value, remark);
    }

    /// <summary>Wraps a value that cannot be added up in a struct with an <c>Accumulate</c> method.</summary>
    private string PerCpuValue(LayoutMap map, ObjectMapTypes types, ref string? remark)
    {
        LayoutTypeUse value = types.ValueUse ?? new(LayoutNumbers.Opaque, map.ValueSize);
        if (types.ValueUse is not null && _aggregation.IsDeclarable(value))
            return types.Value!;
        StructPlan around = _types.StructAround(map.Name, new("value", 0, value, 0, 0));
        // Ensures that the struct gets its Accumulate method.
        _ = _aggregation.HasTotal(new(around.Layout.Token, 0));
        if (!_aggregation.HasTotal(value))
            remark = $"{(remark is null ? "" : remark + " ")}The values cannot be added up: a total is the value of the first CPU.";
        return around.Name;
    }

    /// <summary>Gets the reason why a declaration of the map would be rejected.</summary>
    private static string? WhyRefused(LayoutMap map, MapTypeFacts kind)
    {
        int mostKey = kind.Keys == MapKeyRule.Prefix ? KernelLimits.LargestPrefix + KernelLimits.PrefixLengthSize : KernelLimits.LargestKey;
        if (kind.Keys is MapKeyRule.Any or MapKeyRule.Prefix && map.KeySize > mostKey)
            return $"its keys have {map.KeySize.Text()} bytes, but at most {mostKey.Text()} are allowed";
        if (kind.LargestValue is { } mostValue && map.ValueSize > mostValue)
            return $"its values have {map.ValueSize.Text()} bytes, but at most {mostValue.Text()} are allowed";
        if (kind.Keys == MapKeyRule.Index && map.KeySize != sizeof(uint))
            return $"its keys have {map.KeySize.Text()} bytes, but keys of its map type have {sizeof(uint)}";
        return kind.Keys == MapKeyRule.CgroupStorage && map.KeySize is not (8 or 16)
            ? $"its keys have {map.KeySize.Text()} bytes, but keys of its map type have 8 or 16"
            : null;
    }
}
