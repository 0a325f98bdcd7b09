using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Comparison;

/// <summary>Compares a declared map with the map of the same name in an object.</summary>
internal sealed class MapFindings(MapDeclaration declaration, MapSpec spec, ObjectMap found, List<Diagnostic> results)
{
    /// <summary>Flags that are chosen when a map is opened, or that a loader adds. They are not compared.</summary>
    private const BpfMapFlags NotCompared =
        BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly | BpfMapFlags.NumaNode | BpfMapFlags.Token | BpfMapFlags.ValueTypeBtfObject;

    private readonly List<Diagnostic> _findings = results;

    public static List<Diagnostic> Of(MapDeclaration declaration, MapSpec spec, ObjectMap found)
    {
        MapFindings findings = new(declaration, spec, found, []);
        findings.CompareType();
        findings.CompareMaxEntries();
        findings.CompareFlags();
        findings.CompareMapExtra();
        findings.ComparePart(MapPart.Key, spec.Key, KeyRules.FindKey(declaration), ObjectDescriptors.KeyDiffers);
        if (declaration.Kind.Holds is not null)
            findings.CompareHeldValues();
        else if (declaration.Kind.IsStream && declaration.Attribute.Record is { } record)
            findings.CompareRecord(record);
        else if (TellsValues(declaration.Kind, found.Map))
            findings.ComparePart(MapPart.Value, spec.Value, ValueRules.FindValue(declaration), ObjectDescriptors.ValueDiffers);
        findings.WarnOfCutEnums();
        return findings._findings;
    }

    /// <summary>
    /// Gets whether the object defines the type that C# declares as the value. The values of a perf event array are descriptors, and those
    /// of a ring have no size: C# declares the records of both, and an object can define at most the record type of a ring.
    /// </summary>
    public static bool TellsValues(MapTypeFacts kind, LayoutMap map) => !kind.IsStream || (kind.IsRing && map.Value is not null);

    private void CompareType()
    {
        if (spec.Type == found.Map.Type)
            return;
        bool isKnown = Enum.IsDefined(typeof(BpfMapType), found.Map.Type);
        Add(
            ObjectDescriptors.TypeDiffers,
            declaration.Attribute.LocationOfValue("Type"),
            isKnown ? Argument("Type", $"global::BpfMaps.BpfMapType.{found.Map.Type}") : ImmutableDictionary<string, string?>.Empty,
            spec.Type.ToString(),
            found.Map.Type.ToString()
        );
    }

    private void CompareMaxEntries()
    {
        // 0 in the object leaves the number to the loader.
        if (spec.MaxEntries is not { } declared || found.Map.MaxEntries == 0)
            return;
        MapTypeFacts kind = MapTypeFacts.Of(found.Map.Type);
        uint loaded = kind.LoadedCapacity(found.Map.MaxEntries, KernelLimits.SmallestPage);
        if (kind.LoadedCapacity(declared, KernelLimits.SmallestPage) != loaded)
        {
            Add(
                ObjectDescriptors.MaxEntriesDiffers,
                declaration.Attribute.LocationOfValue("MaxEntries"),
                Argument("MaxEntries", loaded.Text()),
                declared.Text(),
                loaded.Text()
            );
        }
    }

    private void CompareFlags()
    {
        if (declaration.Attribute.Flags is not { } declared || (declared & ~NotCompared) == (found.Map.Flags & ~NotCompared))
            return;
        BpfMapFlags wanted = (found.Map.Flags & ~NotCompared) | (declared & NotCompared);
        Add(
            ObjectDescriptors.FlagsDiffer,
            declaration.Attribute.LocationOfValue("Flags"),
            Argument("Flags", wanted.ToCodeIfNamed()),
            FlagsText(declared & ~NotCompared),
            FlagsText(found.Map.Flags & ~NotCompared)
        );
    }

    private void CompareMapExtra()
    {
        if (
            spec.MapExtra is not { } declared
            || spec.Type != found.Map.Type
            || declaration.Kind.EffectiveMapExtra(declared) == declaration.Kind.EffectiveMapExtra(found.Map.MapExtra)
        )
            return;
        Add(
            ObjectDescriptors.MapExtraDiffers,
            declaration.Attribute.LocationOfValue("MapExtra"),
            Argument("MapExtra", found.Map.MapExtra == 0 ? null : found.Map.MapExtra.Text()),
            declared.Text(),
            declaration.Kind.EffectiveMapExtra(found.Map.MapExtra).Text()
        );
    }

    /// <summary>Compares values that are not declared: their size, and the declarations of inner maps.</summary>
    private void CompareHeldValues()
    {
        if (spec.ValueSize is { } declared && found.Map.ValueSize is > 0 and var size && declared != size)
        {
            _findings.Add(
                Diagnostic.Create(
                    ObjectDescriptors.ValueDiffers,
                    declaration.Attribute.LocationOfValue("ValueSize"),
                    Argument("ValueSize", size.Text()),
                    declaration.Target.MessageName(),
                    $"declares ValueSize {declared.Text()}, but map '{found.Map.Name}' in {found.Object.Name} has value_size {size.Text()}",
                    $"its values are {declaration.Kind.Holds}, whose size the object defines"
                )
            );
        }
        if (found.Map.Inner is { } inner && InnerRules.Parse(declaration) is (var innerDeclaration, var innerSpec))
            _findings.AddRange(Of(innerDeclaration, innerSpec with { Name = inner.Name }, found with { Map = inner, Section = null }));
    }

    private void CompareRecord(string record)
    {
        if (DeclaredRecord.Of(declaration, found) is { } named)
            new MapFindings(declaration, spec, named, _findings).ComparePart(
                MapPart.Record,
                spec.Value,
                ValueRules.FindValue(declaration),
                ObjectTypeDescriptors.RecordDiffers
            );
        else if (found.Object.File is { } file)
            _findings.Add(
                Diagnostic.Create(
                    ObjectTypeDescriptors.TypeNotInObject,
                    declaration.Attribute.LocationOfValue("Record"),
                    declaration.Target.MessageName(),
                    record,
                    found.Object.Name,
                    LayoutTypeFinder.Hint(file, record)
                )
            );
    }

    private void WarnOfCutEnums()
    {
        IEnumerable<string> elements = TruncatedEnums.ElementsOf((DeclaredRecord.Of(declaration, found) ?? found).Map);
        foreach (LayoutType type in TruncatedEnums.In(found.Object.Types, elements))
            _findings.Add(
                Diagnostic.Create(
                    ObjectTypeDescriptors.EnumIsCut,
                    declaration.Place,
                    declaration.Target.MessageName(),
                    type.Name,
                    found.Object.Name,
                    type.Remark
                )
            );
    }

    private void ComparePart(MapPart part, TypeLayout? layout, ITypeSymbol? type, DiagnosticDescriptor descriptor)
    {
        if (layout is null || type is null)
            return;
        if (PartComparison.Compare(part, layout, found) is not { } mismatch)
        {
            foreach (LeafDifference difference in PartComparison.ByteOrders(part, layout, found))
                AddByteOrder(part, layout, type, difference);
            return;
        }
        _findings.Add(
            Diagnostic.Create(
                descriptor,
                PlaceOf(part, layout, mismatch.First, type),
                DiagnosticProperties.Of(
                    (DiagnosticProperties.LayoutPath, found.Object.Path),
                    (DiagnosticProperties.MapName, found.Map.Name),
                    (DiagnosticProperties.Part, part.ToString()),
                    (DiagnosticProperties.DeclaringType, declaration.Target.MetadataFullName()),
                    (DiagnosticProperties.TypeName, type.Name),
                    (DiagnosticProperties.ActualSize, layout.Size.Text()),
                    (DiagnosticProperties.ExpectedSize, mismatch.ObjectSize.Text()),
                    (DiagnosticProperties.FieldPath, mismatch.First?.Mine?.Path is { Length: > 0 } path ? path : null)
                ),
                layout.DisplayName,
                DifferenceText.Head(mismatch),
                DifferenceText.Detail(mismatch)
            )
        );
    }

    /// <summary>Gets the location of the first different field, or else of the type or of the attribute argument that names it.</summary>
    private Location PlaceOf(MapPart part, TypeLayout layout, LeafDifference? first, ITypeSymbol type)
    {
        bool isArgument = part == MapPart.Key ? declaration.Attribute.Key is not null : declaration.IsClassForm;
        Location place = isArgument ? declaration.Attribute.LocationOfValue(part.ToString()) : declaration.Reporter.LocationOf(type);
        if (first is null)
            return place;

        // For fields of types from other projects, the location is the field in this project that has the type.
        return FieldPlace
                .Find(type, layout, first)
                .Select(f => declaration.Reporter.LocationOf(f, Location.None))
                .FirstOrDefault(static l => l.IsInSource)
            ?? place;
    }

    private void AddByteOrder(MapPart part, TypeLayout layout, ITypeSymbol type, LeafDifference difference)
    {
        LayoutLeaf mine = difference.Mine!,
            theirs = difference.Theirs!;
        string better = mine.IsNetworkOrder ? CSharpNumber(mine.ElementSize) : "Be" + (mine.ElementSize * 8).Text();
        string word = part == MapPart.Key ? "key" : "value";
        _findings.Add(
            Diagnostic.Create(
                ObjectDescriptors.ByteOrderDiffers,
                PlaceOf(part, layout, difference, type),
                DiagnosticProperties.Of(
                    (DiagnosticProperties.FieldTypeKind, mine.ElementText),
                    (DiagnosticProperties.SuggestedType, mine.IsNetworkOrder ? better : "global::BpfMaps." + better)
                ),
                mine.Path.Length == 0
                    ? $"The {word} of '{declaration.Target.MessageName()}'"
                    : $"Field '{mine.Path}' of '{layout.DisplayName}'",
                mine.TypeText,
                mine.IsNetworkOrder ? "network" : "host",
                theirs.Path.Length == 0 ? "the " + word : $"'{theirs.Path}'",
                found.Map.Name,
                found.Object.Name,
                theirs.TypeText,
                mine.IsNetworkOrder ? "host" : "network",
                better
            )
        );
    }

    private static string CSharpNumber(int size) =>
        size switch
        {
            2 => "ushort",
            4 => "uint",
            _ => "ulong",
        };

    private void Add(
        DiagnosticDescriptor descriptor,
        Location place,
        ImmutableDictionary<string, string?> properties,
        string declared,
        string actual
    ) =>
        _findings.Add(
            Diagnostic.Create(
                descriptor,
                place,
                properties,
                declaration.Target.MessageName(),
                spec.Name,
                declared,
                found.Object.Name,
                actual
            )
        );

    private static ImmutableDictionary<string, string?> Argument(string name, string? value) =>
        DiagnosticProperties.Of((DiagnosticProperties.Argument, name), (DiagnosticProperties.ArgumentValue, value));

    private static string FlagsText(BpfMapFlags flags) => flags == BpfMapFlags.None ? "no flags" : $"flags {flags}";
}
