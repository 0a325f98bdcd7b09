using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>Plans the members of the object's class and their names.</summary>
internal sealed class ObjectPlan
{
    /// <summary>The class of the layouts that several maps use.</summary>
    public const string LayoutsClass = "BpfLayouts";

    private readonly Dictionary<string, MapClaimSpec> _claims = new(StringComparer.Ordinal);

    public ObjectPlan(ObjectCodeSpec input)
    {
        // Members before types: users type members more often, and a struct often has the same name as a map or variable.
        NameScope names = new(
            NameScope.OfObject,
            input.Spec.ClassName.TrimStart('@'),
            "Open",
            "OpenMemory",
            "OpenEmbedded",
            LayoutsClass,
            "Load",
            "Dispose",
            "Object",
            "OpenMap",
            "OpenBesideApplication",
            "OpenResource",
            "CheckDefinitions",
            "Wrap"
        );
        foreach (MapClaimSpec claim in input.Claims)
        {
            if (input.Layout.FindMap(claim.Name) is { } map)
                _claims[map.Name] = claim;
        }
        Types = new ObjectTypePlanner(input.Layout, names, TypeStyle.Qualified(input.Spec.FullName + "."));
        Aggregation = new AggregationPlanner(Types);

        // Sections of the compiler, such as those for string literals, have no named variables.
        IEnumerable<LayoutSection> named = input.Layout.Sections.Where(static s => s.Variables.Count > 0);
        (LayoutSection Section, string Name)[] sections =
        [
            .. named.Select(s => (s, names.Take(CSharpNames.Pascal(s.Name, "Variables"), "Section"))),
        ];
        (LayoutMap Map, string Name)[] maps = [.. input.Layout.Maps.Select(m => (m, names.Take(CSharpNames.OfMap(m.Name), "Map")))];
        Programs =
        [
            .. input.Layout.Programs.Select(p => new ProgramMember(names.Take(CSharpNames.Pascal(p.Name, "Program"), "Program"), p)),
        ];
        (LayoutMap Map, string Name, string ClassName)[] classes = [.. maps.Select(m => (m.Map, m.Name, names.Take(m.Name + "Map", "")))];
        Dictionary<string, string> innerClasses = maps.Where(static m => m.Map.Inner is not null)
            .ToDictionary(static m => m.Name, m => names.Take(m.Name + "InnerMap", ""), StringComparer.Ordinal);
        (LayoutSection Section, string Name, string ClassName)[] sectionClasses =
        [
            .. sections.Select(s => (s.Section, s.Name, names.Take(s.Name + "Section", ""))),
        ];

        ObjectMapPlanner mapTypes = new(Types);
        Maps =
        [
            .. classes.Select(m =>
                PlanMap(mapTypes, m.Map, m.Name, m.ClassName, innerClasses.TryGetValue(m.Name, out string? inner) ? inner : "")
            ),
        ];
        foreach (LayoutType type in input.Spec.Types.SelectMany(name => LayoutTypeFinder.Find(input.Layout, name)))
            _ = Types.TypeOf(new LayoutTypeUse(type.Token, 0));
        Sections =
        [
            .. sectionClasses.Select(s => new SectionMember(s.Name, s.ClassName, s.Section, PlanVariables(s.Section, s.ClassName))),
        ];
    }

    public ObjectTypePlanner Types { get; }

    public AggregationPlanner Aggregation { get; }

    public IReadOnlyList<MapMember> Maps { get; }

    public IReadOnlyList<SectionMember> Sections { get; }

    public IReadOnlyList<ProgramMember> Programs { get; }

    private MapMember PlanMap(ObjectMapPlanner mapTypes, LayoutMap map, string name, string className, string innerClassName)
    {
        if (_claims.TryGetValue(map.Name, out MapClaimSpec? claim))
            return new(name, map, claim.ClassName, claim.IsPublic, null, null);
        ObjectMapTypes? types = mapTypes.TypesOf(map, out string? problem);
        if (types is null)
            return new(name, map, "global::BpfMaps.RawMap", true, null, problem);
        MapMember? inner = types.Inner is null
            ? null
            : new(innerClassName, map.Inner!, Types.Style.Own + innerClassName, true, types.Inner, null);
        return new(name, map, Types.Style.Own + className, true, types, null, inner);
    }

    private List<VariableMember> PlanVariables(LayoutSection section, string className)
    {
        NameScope names = new(
            NameScope.OfObject,
            className,
            "Name",
            "Read",
            "Write",
            "WriteConstant",
            "MapMemory",
            "SectionSize",
            "ResizeArray",
            "Map",
            "View",
            "Dispose"
        );
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
            {
                string name = names.Take(CSharpNames.Pascal(variable.Name, "Variable" + variable.Offset.Text()), "");
                variables.Add(new(name, variable, type, element, size));
            }
        }
        // Names of its members follow those of all variables, so that a variable keeps its name if another one becomes the last.
        if (variables.LastOrDefault() is { } last && last.Variable == section.Variables.OrderBy(static v => v.Offset).Last())
            variables[variables.Count - 1] = last with { Resizable = PlanResizable(last, names) };
        return variables;
    }

    private ResizableArray? PlanResizable(VariableMember last, NameScope names)
    {
        LayoutTypeUse use = last.Variable.Type;
        return use.Count == 0 || use.Element == LayoutNumbers.Opaque || Types.TypeOf(use with { Count = 0 }) is not { } element
            ? null
            : new(element, names.Take("Resize" + last.Name, ""), names.Take("All" + last.Name, ""));
    }

    /// <summary>Gets the spec of the nested class of a map.</summary>
    public MapSpec SpecOf(MapMember map, ObjectSpec spec, bool isInner = false)
    {
        ObjectMapTypes types = map.Types!;
        string className = map.ClassName.Substring(Types.Style.Own.Length);
        bool isInnerArray =
            isInner && map.Map is { Type: BpfMapType.Array, MaxEntries: > 0 } && (map.Map.Flags & BpfMapFlags.InnerMap) == 0;
        return new()
        {
            HintName = HintName.For(spec.MetadataName + "+" + className),
            Namespace = spec.Namespace,
            Containers = spec.Containers.Append("partial class " + spec.ClassName).ToEquatableArray(),
            Modifiers = "public sealed ",
            ClassName = className,
            Type = map.Map.Type,
            BaseClass = types.BaseClass,
            BaseTypeArguments = types.BaseTypeArguments(map.Inner?.ClassName),
            Name = MapNames.IsValid(map.Map.Name) ? map.Map.Name : MapNames.Nearest(map.Map.Name),
            // Capacities can be changed before the load, and often are. The kernel compares those of inner arrays.
            MaxEntries = isInnerArray ? map.Map.MaxEntries : null,
            Flags = map.Map.Flags & types.Kind.Flags,
            MapExtra = map.Map.MapExtra == 0 ? null : map.Map.MapExtra,
            Key = types.KeyLayout,
            Value = types.ValueLayout,
            ValueTypeName = types.Value,
            ValueSize = types.ValueSize,
            Inner = map.Inner?.ClassName,
            Aggregation = types.Kind.IsPerCpu ? TotalOf(types) : null,
        };
    }

    /// <summary>Gets whether the values of a per-CPU map can be added up.</summary>
    public bool HasTotal(ObjectMapTypes types) => types.ValueUse is { } use && Aggregation.HasTotal(use);

    private EquatableArray<AggregateStep> TotalOf(ObjectMapTypes types) =>
        types.ValueUse is { } use ? Aggregation.StepsOf(use) : EquatableArray<AggregateStep>.Empty;
}
