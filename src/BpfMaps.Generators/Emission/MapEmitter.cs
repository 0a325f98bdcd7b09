using System.Globalization;
using BpfMaps.Generators.Metrics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Spec in, text out.</summary>
internal static class MapEmitter
{
    /// <param name="shared">What layouts are called that are written elsewhere; the class writes its own where none are given.</param>
    public static string Emit(MapSpec spec, IReadOnlyDictionary<TypeLayout, string>? shared = null) => GeneratedFile.Write(
        spec.Namespace, spec.Containers, writer => EmitClass(writer, spec, shared), spec.Named.Disabled, isNullable: !spec.IsSkeleton);

    private static void EmitClass(SourceWriter writer, MapSpec spec, IReadOnlyDictionary<TypeLayout, string>? shared)
    {
        string arguments = spec.BaseTypeArguments.Count == 0 ? "" : $"<{string.Join(", ", spec.BaseTypeArguments)}>";
        string summary = spec.IsSkeleton
            ? $"What <c>{Xml(spec.Name)}</c> declares. Its declaration has errors: until they are mended, nothing of this can be called."
            : $"The BPF map '{spec.Name}' ({spec.Type}): {Content(spec)}.";
        writer.WriteLine($"""
            /// <summary>{summary}</summary>
            {GeneratedFile.Mark}{Obsolete(spec)}
            {spec.Modifiers}partial class {spec.ClassName} : global::BpfMaps.{spec.BaseClass}{arguments}
            """);
        writer.OpenBlock();
        if (spec.IsSkeleton)
            EmitMissingSchema(writer, spec);
        else
            EmitSchema(writer, spec, shared ?? EmitLayouts(writer, spec));
        writer.WriteLine();
        EmitFactories(writer, spec);
        if (spec.Aggregation is { } steps)
            AccumulateEmitter.Emit(writer, spec.ValueTypeName!, steps);
        writer.CloseBlock();
    }

    /// <summary>Only code that is obsolete itself may name what is obsolete as an error.</summary>
    private static string Obsolete(MapSpec spec) =>
        spec.Named.Obsolete is { } type ? $"\n[global::System.Obsolete({DocText.Literal($"'{type}' is obsolete.")}, true)]" : "";

    /// <summary>What keys and values are, for the summary of the class.</summary>
    private static string Content(MapSpec spec)
    {
        MapKind kind = MapKind.Find(spec.Type)!;
        string keys = spec.Key is null || kind is { Holds: not null, Key: KeyRule.Index } ? "" : $"keys are <c>{Xml(spec.Key.DisplayName)}</c>, ";
        if (spec.Value is { } value)
            return $"{keys}{(kind.IsStream ? "records" : "values")} are <c>{Xml(value.DisplayName)}</c>";
        return spec.Inner is { } inner ? $"{keys}values are maps, <see cref=\"{inner}\"/>" : $"{keys}it holds {kind.Holds}";
    }

    /// <summary>Writes the layouts that the schema uses several times. The schema stands behind them, for that is the order in which the fields get their values.</summary>
    private static Dictionary<TypeLayout, string> EmitLayouts(SourceWriter writer, MapSpec spec)
    {
        Dictionary<TypeLayout, string> names = SharedLayouts.Find([spec.Key, spec.Value], "s_bpfLayout", out List<TypeLayout> inOrder);
        LayoutEmitter layouts = new(writer, names);
        foreach (TypeLayout layout in inOrder)
        {
            layouts.EmitWhole($"private static readonly global::BpfMaps.Metadata.BpfTypeLayout {names[layout]} = ", layout, ";");
            writer.WriteLine();
        }
        return names;
    }

    private static void EmitSchema(SourceWriter writer, MapSpec spec, IReadOnlyDictionary<TypeLayout, string> shared)
    {
        LayoutEmitter layouts = new(writer, shared);
        writer.WriteLine($$"""
            /// <summary>What the map is: its kind, its capacity, and the layouts of its keys and values.</summary>
            public static global::BpfMaps.Metadata.BpfMapSchema Schema { get; } = new()
            {
                Type = global::BpfMaps.BpfMapType.{{spec.Type}},
                Name = "{{spec.Name}}",
            """);
        writer.Indent();
        if (spec.MaxEntries is { } maxEntries)
            writer.WriteLine($"MaxEntries = {maxEntries.ToString(CultureInfo.InvariantCulture)},");
        if (spec.Flags != MapFlags.None)
            writer.WriteLine($"Flags = {Flags(spec.Flags)},");
        if (spec.MapExtra is { } mapExtra)
            writer.WriteLine($"MapExtra = {mapExtra.ToString(CultureInfo.InvariantCulture)},");
        if (spec.Key is not null)
            layouts.Emit("Key = ", spec.Key, ",");
        if (spec.Value is not null)
            layouts.Emit("Value = ", spec.Value, ",");
        if (spec.ValueSize is { } valueSize)
            writer.WriteLine($"ValueSize = {valueSize.ToString(CultureInfo.InvariantCulture)},");
        if (spec.Inner is not null)
            writer.WriteLine($"Inner = {spec.Inner}.Schema,");
        if (spec.Metrics is { } metrics)
            MetricsEmitter.Emit(writer, metrics);
        writer.Unindent();
        writer.WriteLine("};");
    }

    /// <summary>All that a class can do begins with its schema: without one, a build that hides the declaration's errors has nothing that could run.</summary>
    private static void EmitMissingSchema(SourceWriter writer, MapSpec spec) => writer.WriteLine($"""
        /// <summary>What the map is: not known, as its declaration has errors.</summary>
        public static global::BpfMaps.Metadata.BpfMapSchema Schema => throw new global::System.InvalidOperationException({DocText.Literal($"The declaration of the map of '{spec.Name}' has errors, which the build reported.")});
        """);

    private static void EmitFactories(SourceWriter writer, MapSpec spec)
    {
        // Of a declaration that has errors, the C# version may be what is wrong.
        string host = spec.IsSkeleton ? "global::BpfMaps.BpfHost host = null" : "global::BpfMaps.BpfHost? host = null";
        string name = spec.ClassName;
        string make = spec.IsSkeleton ? "new " + name : "new";
        MapKind kind = MapKind.Find(spec.Type)!;
        bool asks = spec.MaxEntries is null && !kind.SizesItself;
        string capacity = asks ? "uint maxEntries, " : "";
        string given = asks ? "maxEntries" : "null";
        string capacityMeans = kind.IsRing ? "The size in bytes: a power of two, and whole pages."
            : kind.Type == MapType.Arena ? "The size in pages."
            : "The capacity in elements.";
        string capacityDoc = asks ? $"\n/// <param name=\"maxEntries\">{capacityMeans}</param>" : "";
        const string HostDoc = """/// <param name="host">Who keeps the map; the kernel if not given.</param>""";
        const string Mismatch = """/// <exception cref="global::BpfMaps.BpfMapMismatchException">The map has another shape; all differences are listed.</exception>""";
        writer.WriteLine($"""
            private {name}(global::BpfMaps.RawMap raw)
                : base(raw, Schema{(spec.Inner is { } inner ? $", {inner}.FromRaw" : "")})

            """.TrimEnd('\n'));
        writer.OpenBlock();
        writer.CloseBlock();
        writer.WriteLine($"""

            /// <summary>Creates the map (BPF_MAP_CREATE).</summary>{capacityDoc}
            {HostDoc}
            public static {name} Create({capacity}{host}) =>
                {make}(Schema.Create({given}, host));

            /// <summary>Opens the map that is pinned at a path, and checks that it has this shape (BPF_OBJ_GET).</summary>
            /// <param name="path">A path in a BPF file system.</param>
            /// <param name="access">What the map is opened for.</param>
            {HostDoc}
            {Mismatch}
            public static {name} OpenPinned(string path, global::BpfMaps.BpfMapAccess access = global::BpfMaps.BpfMapAccess.ReadWrite, {host}) =>
                {make}(Schema.OpenPinned(path, access, host));

            /// <summary>Opens the map with an id, and checks that it has this shape (BPF_MAP_GET_FD_BY_ID).</summary>
            /// <param name="id">The id that the kernel gave the map.</param>
            /// <param name="access">What the map is opened for.</param>
            {HostDoc}
            {Mismatch}
            public static {name} OpenById(uint id, global::BpfMaps.BpfMapAccess access = global::BpfMaps.BpfMapAccess.ReadWrite, {host}) =>
                {make}(Schema.OpenById(id, access, host));

            /// <summary>Opens the map that is pinned at a path; if none is, creates it and pins it there.</summary>
            /// <param name="path">A path in a BPF file system.</param>{capacityDoc}
            {HostDoc}
            {Mismatch}
            public static {name} OpenOrCreatePinned(string path, {capacity}{host}) =>
                {make}(Schema.OpenOrCreatePinned(path, {given}, host));

            /// <summary>Opens the map behind a descriptor, which is duplicated and stays the caller's, and checks that it has this shape.</summary>
            /// <param name="fileDescriptor">A descriptor of a map.</param>
            {HostDoc}
            {Mismatch}
            public static {name} FromFileDescriptor(int fileDescriptor, {host}) =>
                {make}(Schema.FromFileDescriptor(fileDescriptor, host));

            /// <summary>Puts the typed operations on an open map, after a check that it has this shape.</summary>
            /// <param name="raw">The map; disposed with the result. If the check fails, it stays open and the caller's.</param>
            {Mismatch}
            public static {name} FromRaw(global::BpfMaps.RawMap raw) =>
                {make}(Schema.Validate(raw));
            """);
    }

    private static string Flags(MapFlags flags)
    {
        List<string> names = [];
        for (int bit = 0; bit < 32; bit++)
        {
            MapFlags flag = (MapFlags)(1u << bit);
            if ((flags & flag) != 0)
                names.Add("global::BpfMaps.BpfMapFlags." + flag);
        }
        return string.Join(" | ", names);
    }

    private static string Xml(string text) => DocText.Xml(text);
}
