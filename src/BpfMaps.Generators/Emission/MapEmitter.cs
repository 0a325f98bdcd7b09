using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Emission;

/// <summary>Writes the class of a map.</summary>
internal static class MapEmitter
{
    /// <param name="shared">The names of layouts that are written elsewhere; if <see langword="null"/>, the class contains its
    /// layouts.</param>
    public static string Emit(MapSpec spec, IReadOnlyDictionary<TypeLayout, string>? shared = null) =>
        GeneratedFile.Write(
            spec.Namespace,
            spec.Containers,
            writer => EmitClass(writer, spec, shared),
            spec.NamedTypes.Disabled,
            isNullable: !spec.IsSkeleton
        );

    private static void EmitClass(SourceWriter writer, MapSpec spec, IReadOnlyDictionary<TypeLayout, string>? shared)
    {
        string arguments = spec.BaseTypeArguments.Count == 0 ? "" : $"<{string.Join(", ", spec.BaseTypeArguments)}>";
        string summary = spec.IsSkeleton
            ? $"The map that <c>{Xml(spec.Name)}</c> declares. The declaration has errors; until they are fixed, its members throw."
            : $"The BPF map '{spec.Name}' ({spec.Type}): {Content(spec)}.";
        writer.WriteLine(
            $"""
            /// <summary>{summary}</summary>
            {GeneratedFile.Mark}{Obsolete(spec)}
            {spec.Modifiers}partial class {spec.ClassName} : global::BpfMaps.{spec.BaseClass}{arguments}
            """
        );
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

    /// <summary>Only obsolete code may use types whose <c>[Obsolete]</c> is an error.</summary>
    private static string Obsolete(MapSpec spec) =>
        spec.NamedTypes.Obsolete is { } type ? $"\n[global::System.Obsolete({DocText.Literal($"'{type}' is obsolete.")}, true)]" : "";

    /// <summary>Describes keys and values, for the summary of the class.</summary>
    private static string Content(MapSpec spec)
    {
        MapTypeFacts kind = MapTypeFacts.Find(spec.Type)!;
        string keys =
            spec.Key is null || kind is { Holds: not null, Keys: MapKeyRule.Index } ? "" : $"keys are <c>{Xml(spec.Key.DisplayName)}</c>, ";
        if (spec.Value is { } value)
            return $"{keys}{(kind.IsStream ? "records" : "values")} are <c>{Xml(value.DisplayName)}</c>";
        return spec.Inner is { } inner ? $"{keys}values are maps, <see cref=\"{inner}\"/>" : $"{keys}values are {kind.Holds}";
    }

    /// <summary>
    /// Writes the layouts that the schema uses several times. They must precede the schema, because static fields are initialized in
    /// textual order.
    /// </summary>
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
        writer.WriteLine(
            $$"""
            /// <summary>Gets the schema of the map: its type, capacity, and the layouts of its keys and values.</summary>
            public static global::BpfMaps.Metadata.BpfMapSchema Schema { get; } = new()
            {
                Type = global::BpfMaps.BpfMapType.{{spec.Type}},
                Name = "{{spec.Name}}",
            """
        );
        writer.Indent();
        if (spec.MaxEntries is { } maxEntries)
            writer.WriteLine($"MaxEntries = {maxEntries.Text()},");
        if (spec.Flags != BpfMapFlags.None)
            writer.WriteLine($"Flags = {spec.Flags.ToCode()},");
        if (spec.MapExtra is { } mapExtra)
            writer.WriteLine($"MapExtra = {mapExtra.Text()},");
        if (spec.Key is not null)
            layouts.Emit("Key = ", spec.Key, ",");
        if (spec.Value is not null)
            layouts.Emit("Value = ", spec.Value, ",");
        if (spec.ValueSize is { } valueSize)
            writer.WriteLine($"ValueSize = {valueSize.Text()},");
        if (spec.Inner is not null)
            writer.WriteLine($"Inner = {spec.Inner}.Schema,");
        if (spec.Metrics is { } metrics)
            MetricsEmitter.Emit(writer, metrics);
        if (spec.Aggregation is { } steps)
            TotalsEmitter.Emit(writer, steps);
        writer.Unindent();
        writer.WriteLine("};");
    }

    /// <summary>
    /// Writes a schema that throws. All members of the class use it, so none can run in a build that suppresses the errors.
    /// </summary>
    private static void EmitMissingSchema(SourceWriter writer, MapSpec spec) =>
        writer.WriteLine(
            $"""
            /// <summary>Gets the schema of the map, which is unknown because the declaration has errors.</summary>
            public static global::BpfMaps.Metadata.BpfMapSchema Schema => throw new global::System.InvalidOperationException({DocText.Literal(
                $"The declaration of the map of '{spec.Name}' has errors, which the build reported."
            )});
            """
        );

    private static void EmitFactories(SourceWriter writer, MapSpec spec)
    {
        // The error of the declaration may be that the C# version is too old.
        string host = spec.IsSkeleton ? "global::BpfMaps.BpfHost host = null" : "global::BpfMaps.BpfHost? host = null";
        string name = spec.ClassName;
        string make = spec.IsSkeleton ? "new " + name : "new";
        MapTypeFacts kind = MapTypeFacts.Find(spec.Type)!;
        bool asks = spec.MaxEntries is null && !kind.SizesItself;
        string capacity = asks ? "uint maxEntries, " : "";
        string given = asks ? "maxEntries" : "null";
        string capacityMeans =
            kind.IsRing ? "The size in bytes; a power of two and a multiple of the page size."
            : kind.Type == BpfMapType.Arena ? "The size in pages."
            : "The capacity in elements.";
        string capacityDoc = asks ? $"\n/// <param name=\"maxEntries\">{capacityMeans}</param>" : "";
        const string HostDoc = """/// <param name="host">The host of the map; the kernel if <see langword="null"/>.</param>""";
        const string Mismatch =
            """/// <exception cref="global::BpfMaps.BpfMapMismatchException">The map does not match the schema; the message lists all differences.</exception>""";
        writer.WriteLine(
            $"""
            private {name}(global::BpfMaps.RawMap raw)
                : base(raw, Schema{(spec.Inner is { } inner ? $", {inner}.FromRaw" : "")})

            """.TrimEnd('\n')
        );
        writer.OpenBlock();
        writer.CloseBlock();
        writer.WriteLine(
            $"""

            /// <summary>Creates the map (BPF_MAP_CREATE).</summary>{capacityDoc}
            {HostDoc}
            public static {name} Create({capacity}{host}) =>
                {make}(Schema.Create({given}, host));

            /// <summary>Opens the map that is pinned at a path, and compares it with the schema (BPF_OBJ_GET).</summary>
            /// <param name="path">A path in a BPF file system.</param>
            /// <param name="access">The requested access.</param>
            {HostDoc}
            {Mismatch}
            public static {name} OpenPinned(string path, global::BpfMaps.BpfMapAccess access = global::BpfMaps.BpfMapAccess.ReadWrite, {host}) =>
                {make}(Schema.OpenPinned(path, access, host));

            /// <summary>Opens the map with an id, and compares it with the schema (BPF_MAP_GET_FD_BY_ID).</summary>
            /// <param name="id">The id of the map.</param>
            /// <param name="access">The requested access.</param>
            {HostDoc}
            {Mismatch}
            public static {name} OpenById(uint id, global::BpfMaps.BpfMapAccess access = global::BpfMaps.BpfMapAccess.ReadWrite, {host}) =>
                {make}(Schema.OpenById(id, access, host));

            /// <summary>Opens the map that is pinned at a path, or creates it and pins it there.</summary>
            /// <param name="path">A path in a BPF file system.</param>{capacityDoc}
            {HostDoc}
            {Mismatch}
            public static {name} OpenOrCreatePinned(string path, {capacity}{host}) =>
                {make}(Schema.OpenOrCreatePinned(path, {given}, host));

            /// <summary>
            /// Opens the map of a file descriptor, and compares it with the schema. The descriptor is duplicated; the caller keeps its own.
            /// </summary>
            /// <param name="fileDescriptor">A file descriptor of a map.</param>
            {HostDoc}
            {Mismatch}
            public static {name} FromFileDescriptor(int fileDescriptor, {host}) =>
                {make}(Schema.FromFileDescriptor(fileDescriptor, host));

            /// <summary>Wraps an open map, and compares it with the schema.</summary>
            /// <param name="raw">The map, which is disposed with the result. If this method throws, it stays open.</param>
            {Mismatch}
            public static {name} FromRaw(global::BpfMaps.RawMap raw) =>
                {make}(Schema.Validate(raw));
            """
        );
    }

    private static string Xml(string text) => DocText.Xml(text);
}
