using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>Writes the code for a BPF object: its class, a file for its types, and one for every map class.</summary>
internal static class ObjectEmitter
{
    public const string Suffix = ".BpfObject.g.cs";

    /// <returns>Hint names and texts.</returns>
    public static IEnumerable<(string HintName, string Text)> Emit(ObjectCodeSpec input)
    {
        ObjectSpec spec = input.Spec;
        ObjectPlan plan = new(input);
        EquatableArray<string> inside = spec.Containers.Append("partial class " + spec.ClassName).ToEquatableArray();

        // The map classes determine which structs need an Accumulate method, so they come first.
        MapSpec[] maps = [.. plan.Maps.Where(static map => map.Types is not null).SelectMany(map => SpecsOf(map, plan, spec))];
        Dictionary<TypeLayout, string> shared = SharedLayouts.Find(
            maps.SelectMany(static map => new[] { map.Key, map.Value }),
            ObjectPlan.LayoutsClass + ".Layout",
            out List<TypeLayout> inOrder
        );
        foreach (MapSpec map in maps)
            yield return (map.HintName, MapEmitter.Emit(map, shared));
        if (inOrder.Count > 0)
        {
            string text = GeneratedFile.Write(spec.Namespace, inside, writer => EmitLayouts(writer, shared, inOrder));
            yield return (HintName.For(spec.MetadataName + "+" + ObjectPlan.LayoutsClass, Suffix), text);
        }
        foreach (SectionMember section in plan.Sections)
        {
            string text = GeneratedFile.Write(spec.Namespace, inside, writer => SectionEmitter.Emit(writer, section));
            yield return (HintName.For(spec.MetadataName + "+" + section.ClassName, Suffix), text);
        }
        if (plan.Types.InOrder.Count > 0)
        {
            string text = GeneratedFile.Write(
                spec.Namespace,
                inside,
                writer => new TypeEmitter(writer, plan.Types, plan.Aggregation).EmitAll()
            );
            yield return (HintName.For(spec.MetadataName + "+Types", Suffix), text);
        }
        yield return (
            HintName.For(spec.MetadataName, Suffix),
            GeneratedFile.Write(spec.Namespace, spec.Containers, writer => EmitClass(writer, input, plan))
        );
    }

    private static IEnumerable<MapSpec> SpecsOf(MapMember map, ObjectPlan plan, ObjectSpec spec)
    {
        yield return plan.SpecOf(map, spec);
        if (map.Inner is not null)
            yield return plan.SpecOf(map.Inner, spec, isInner: true);
    }

    /// <summary>Writes the layouts that several maps use.</summary>
    private static void EmitLayouts(SourceWriter writer, Dictionary<TypeLayout, string> names, List<TypeLayout> inOrder)
    {
        LayoutEmitter layouts = new(writer, names);
        writer.WriteLine($"private static class {ObjectPlan.LayoutsClass}");
        writer.OpenBlock();
        foreach (TypeLayout layout in inOrder)
            layouts.EmitWhole(
                $"internal static readonly global::BpfMaps.Metadata.BpfTypeLayout {names[layout].Substring(ObjectPlan.LayoutsClass.Length + 1)} = ",
                layout,
                ";"
            );
        writer.CloseBlock();
    }

    private static void EmitClass(SourceWriter writer, ObjectCodeSpec input, ObjectPlan plan)
    {
        ObjectSpec spec = input.Spec;
        writer.WriteLine(
            $"""
            /// <summary>The BPF object '{DocText.Xml(spec.Path)}': its maps, variables and programs.</summary>
            {GeneratedFile.Mark}
            partial class {spec.ClassName} : global::BpfMaps.BpfTypedObject
            """
        );
        writer.OpenBlock();
        EmitConstructor(writer, spec, plan);
        FactoryEmitter.Emit(writer, spec, input.IsEmbedded);
        foreach (SectionMember section in plan.Sections)
            EmitSection(writer, section);
        foreach (MapMember map in plan.Maps)
            EmitMap(writer, map, plan);
        foreach (ProgramMember program in plan.Programs)
            EmitProgram(writer, program);
        writer.CloseBlock();
    }

    private static void EmitConstructor(SourceWriter writer, ObjectSpec spec, ObjectPlan plan)
    {
        writer.WriteLine(
            $$"""
            private {{spec.ClassName}}(global::BpfMaps.BpfObject bpfObject)
                : base(bpfObject)
            """
        );
        writer.OpenBlock();
        EmitCheck(writer, plan);
        foreach (SectionMember section in plan.Sections)
            writer.WriteLine($"{section.Name} = new(this);");
        writer.CloseBlock();
    }

    // Sections check their variables themselves; here only their existence is checked.
    private static void EmitCheck(SourceWriter writer, ObjectPlan plan)
    {
        // Arrays instead of collection expressions, which require C# 12.
        writer.WriteLine("CheckDefinitions(");
        writer.WriteLine("    new (string, global::BpfMaps.BpfMapType, int, int, global::BpfMaps.Metadata.BpfMapSchema?)[]");
        writer.WriteLine("    {");
        foreach (MapMember map in plan.Maps)
            writer.WriteLine(
                $"        ({DocText.Literal(map.Map.Name)}, {TypeOf(map.Map.Type)}, {map.Map.KeySize.Text()}, {map.Map.ValueSize.Text()}, {(map.Types is null ? "null" : map.ClassName + ".Schema")}),"
            );
        foreach (SectionMember section in plan.Sections)
            writer.WriteLine(
                $"        ({DocText.Literal(section.Section.Name)}, {TypeOf(BpfMapType.Array)}, 4, {section.Section.Size.Text()}, null),"
            );
        writer.WriteLine("    },");
        writer.WriteLine(
            $"    new string[] {{ {string.Join(", ", plan.Programs.Select(static program => DocText.Literal(program.Program.Name)))} }});"
        );
    }

    // A map type that is newer than this generator has only a number.
    private static string TypeOf(BpfMapType type) =>
        Enum.IsDefined(typeof(BpfMapType), type)
            ? $"global::BpfMaps.BpfMapType.{type}"
            : $"(global::BpfMaps.BpfMapType){((int)type).Text()}";

    private static void EmitSection(SourceWriter writer, SectionMember section) =>
        writer.WriteLine(
            $$"""

            /// <summary>
            /// {{(section.IsConstant ? "The constants" : "The variables")}} in
            /// <c>{{DocText.Xml(section.Section.Name)}}</c>{{(
                section.IsConstant ? ", which can be set before the object is loaded" : ""
            )}}.
            /// </summary>
            public {{section.ClassName}} {{section.Name}} { get; }
            """
        );

    private static void EmitMap(SourceWriter writer, MapMember map, ObjectPlan plan)
    {
        string open = map.ClassName == "global::BpfMaps.RawMap" ? "static raw => raw" : map.ClassName + ".FromRaw";
        string remark =
            map.Problem is { } problem ? $" Its elements are bytes: {DocText.Xml(problem)}."
            : map.Types is { HoldsBytes: true }
                ? " The object does not define the type of its records: read and write them as bytes, or declare a [BpfMap] with this name."
            : map.Types is { Kind.IsPerCpu: true } types && !plan.HasTotal(types)
                ? " Its values cannot be added up: a total is the value of the first CPU."
            : "";
        writer.WriteLine(
            $"""

            /// <summary>
            /// The map <c>{DocText.Xml(map.Map.Name)}</c> ({map.Map.Type}), opened on first use and disposed with the object.{remark}
            /// </summary>
            /// <exception cref="global::System.InvalidOperationException">The object is not loaded yet.</exception>
            /// <exception cref="global::BpfMaps.BpfMapMismatchException">The map does not match its definition; the message lists all
            /// differences.</exception>
            {(map.IsPublic ? "public" : "internal")} {map.ClassName} {map.Name} => OpenMap({DocText.Literal(map.Map.Name)}, {open});
            """
        );
    }

    private static void EmitProgram(SourceWriter writer, ProgramMember program) =>
        writer.WriteLine(
            $"""

            /// <summary>
            /// The program <c>{DocText.Xml(program.Program.Name)}</c> (section <c>{DocText.Xml(program.Program.Section)}</c>).
            /// </summary>
            public global::BpfMaps.BpfObjectProgram {program.Name} => Object.GetProgram({DocText.Literal(program.Program.Name)});
            """
        );
}
