using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>A map as a member of the object's class.</summary>
/// <param name="ClassName">The map class, which is nested or declared by the user.</param>
/// <param name="Types">The types of the nested class; <see langword="null"/> without a nested class.</param>
/// <param name="Problem">The reason if it is opened as a <c>RawMap</c>.</param>
/// <param name="Inner">For maps of maps, the nested class of the inner maps, which has no property.</param>
internal sealed record MapMember(string Name, LayoutMap Map, string ClassName, bool IsPublic, MapTypes? Types, string? Problem, MapMember? Inner = null);

/// <summary>A program as a member of the object's class.</summary>
internal sealed record ProgramMember(string Name, LayoutProgram Program);

/// <summary>A section of variables as a member of the object's class.</summary>
internal sealed record SectionMember(string Name, string ClassName, LayoutSection Section, IReadOnlyList<VariableMember> Variables)
{
    /// <summary>Whether it is read-only after the object is loaded.</summary>
    public bool IsConstant => (Section.Flags & MapFlags.ReadOnlyProgram) != 0;
}

/// <summary>A variable as a member of the section's class.</summary>
/// <param name="Type">The C# type; <see langword="null"/> for an array of <paramref name="Element"/> that is too large for a type.</param>
internal sealed record VariableMember(string Name, LayoutVariable Variable, string? Type, string? Element, int Size);

/// <summary>Plans the members of the object's class and their names.</summary>
internal sealed class ObjectPlan
{
    /// <summary>The class of the layouts that several maps use.</summary>
    public const string LayoutsClass = "BpfLayouts";

    private readonly Dictionary<string, MapClaim> _claims = new(StringComparer.Ordinal);

    public ObjectPlan(ObjectInput input)
    {
        // Members before types: users type members more often, and a struct often has the same name as a map or variable.
        NameScope names = new(NameScope.OfObject, input.Spec.ClassName.TrimStart('@'), "Open", "OpenMemory", LayoutsClass, "Load", "Dispose", "Object", "OpenMap", "OpenBesideApplication", "CheckDefinitions", "Wrap");
        foreach (MapClaim claim in input.Claims)
        {
            if (input.Layout.FindMap(claim.Name) is { } map)
                _claims[map.Name] = claim;
        }
        Types = new ObjectTypes(input.Layout, names, TypeStyle.Qualified(input.Spec.FullName + "."));
        Aggregation = new ValueAggregation(Types);

        // Sections of the compiler, such as those for string literals, have no named variables.
        IEnumerable<LayoutSection> named = input.Layout.Sections.Where(static s => s.Variables.Count > 0);
        (LayoutSection Section, string Name)[] sections = [.. named.Select(s => (s, names.Take(CSharpNames.Pascal(s.Name, "Variables"), "Section")))];
        (LayoutMap Map, string Name)[] maps = [.. input.Layout.Maps.Select(m => (m, names.Take(CSharpNames.OfMap(m.Name), "Map")))];
        Programs = [.. input.Layout.Programs.Select(p => new ProgramMember(names.Take(CSharpNames.Pascal(p.Name, "Program"), "Program"), p))];
        (LayoutMap Map, string Name, string ClassName)[] classes = [.. maps.Select(m => (m.Map, m.Name, names.Take(m.Name + "Map", "")))];
        Dictionary<string, string> innerClasses = maps.Where(static m => m.Map.Inner is not null).ToDictionary(static m => m.Name, m => names.Take(m.Name + "InnerMap", ""), StringComparer.Ordinal);
        (LayoutSection Section, string Name, string ClassName)[] sectionClasses = [.. sections.Select(s => (s.Section, s.Name, names.Take(s.Name + "Section", "")))];

        ObjectMaps mapTypes = new(Types);
        Maps = [.. classes.Select(m => PlanMap(mapTypes, m.Map, m.Name, m.ClassName, innerClasses.TryGetValue(m.Name, out string? inner) ? inner : ""))];
        foreach (LayoutType type in input.Spec.Types.SelectMany(name => LayoutTypeNames.Find(input.Layout, name)))
            _ = Types.TypeOf(new LayoutTypeUse(type.Token, 0));
        Sections = [.. sectionClasses.Select(s => new SectionMember(s.Name, s.ClassName, s.Section, PlanVariables(s.Section, s.ClassName)))];
    }

    public ObjectTypes Types { get; }

    public ValueAggregation Aggregation { get; }

    public IReadOnlyList<MapMember> Maps { get; }

    public IReadOnlyList<SectionMember> Sections { get; }

    public IReadOnlyList<ProgramMember> Programs { get; }

    private MapMember PlanMap(ObjectMaps mapTypes, LayoutMap map, string name, string className, string innerClassName)
    {
        if (_claims.TryGetValue(map.Name, out MapClaim? claim))
            return new(name, map, claim.ClassName, claim.IsPublic, null, null);
        MapTypes? types = mapTypes.TypesOf(map, out string? problem);
        if (types is null)
            return new(name, map, "global::BpfMaps.RawMap", true, null, problem);
        MapMember? inner = types.Inner is null ? null : new(innerClassName, map.Inner!, Types.Style.Own + innerClassName, true, types.Inner, null);
        return new(name, map, Types.Style.Own + className, true, types, null, inner);
    }

    private List<VariableMember> PlanVariables(LayoutSection section, string className)
    {
        NameScope names = new(NameScope.OfObject, className, "Name", "Read", "Write", "WriteConstant", "MapMemory", "Map", "View", "Dispose");
        List<VariableMember> variables = [];
        foreach (LayoutVariable variable in section.Variables)
        {
            int size = Types.SizeOf(variable.Type);
            if (size == 0)
                continue;
            bool isFlag = variable.Type is { Element: "bool", Count: 0 };
            string? type = isFlag ? "bool" : Types.TypeOf(variable.Type);
            string? element = type is null ? Types.TypeOf(variable.Type with { Count = 0 }) : null;
            if ((type ?? element) is not null)
                variables.Add(new(names.Take(CSharpNames.Pascal(variable.Name, "Variable" + variable.Offset.Text()), ""), variable, type, element, size));
        }
        return variables;
    }

    /// <summary>Gets the spec of the nested class of a map.</summary>
    public MapSpec SpecOf(MapMember map, ObjectSpec spec, bool isInner = false)
    {
        MapTypes types = map.Types!;
        string className = map.ClassName.Substring(Types.Style.Own.Length);
        return new(
            HintName.For(spec.MetadataName + "+" + className),
            spec.Namespace,
            spec.Containers.Append("partial class " + spec.ClassName).ToEquatableArray(),
            "public sealed ",
            className,
            map.Map.Type,
            types.BaseClass,
            types.BaseTypeArguments(map.Inner?.ClassName),
            MapNames.IsValid(map.Map.Name) ? map.Map.Name : MapNames.Nearest(map.Map.Name),
            // Capacities can be changed before the load, and often are. The kernel compares those of inner arrays.
            isInner && map.Map is { Type: MapType.Array, MaxEntries: > 0 } && (map.Map.Flags & MapFlags.InnerMap) == 0 ? map.Map.MaxEntries : null,
            map.Map.Flags & types.Kind.Flags,
            types.KeyLayout,
            types.ValueLayout,
            types.Value,
            types.Kind.IsPerCpu ? TotalOf(types) : null,
            Claim: null,
            types.ValueSize,
            map.Inner?.ClassName,
            map.Map.MapExtra == 0 ? null : map.Map.MapExtra);
    }

    /// <summary>Gets whether the values of a per-CPU map can be added up.</summary>
    public bool HasTotal(MapTypes types) => types.ValueUse is { } use && Aggregation.HasTotal(use);

    private EquatableArray<AggregateStep> TotalOf(MapTypes types) =>
        types.ValueUse is { } use ? Aggregation.StepsOf(use) : EquatableArray<AggregateStep>.Empty;
}
