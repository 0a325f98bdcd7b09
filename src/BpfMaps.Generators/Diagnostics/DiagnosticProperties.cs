using System.Collections.Immutable;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Names in <c>Diagnostic.Properties</c>, which pass data to code fixes. Numbers are in invariant culture.</summary>
internal static class DiagnosticProperties
{
    /// <summary>The size in bytes that the C# type has.</summary>
    public const string ActualSize = nameof(ActualSize);

    /// <summary>The size in bytes that was declared, or that the kernel requires.</summary>
    public const string ExpectedSize = nameof(ExpectedSize);

    /// <summary>
    /// The attribute argument to add, remove or change: <c>Key</c>, <c>KeySize</c>, <c>Value</c>, <c>ValueSize</c>, <c>Flags</c>, ...
    /// </summary>
    public const string Argument = nameof(Argument);

    /// <summary>
    /// C# for the argument's new value (<c>typeof(uint)</c>, <c>4096</c>, <c>"flow_stats"</c>). If missing, the argument is removed.
    /// </summary>
    public const string ArgumentValue = nameof(ArgumentValue);

    /// <summary>C# for the type that the field or the key should have. Missing if no type is certainly right.</summary>
    public const string SuggestedType = nameof(SuggestedType);

    /// <summary>The member of <c>Aggregation</c> that the field can have.</summary>
    public const string SuggestedAggregation = nameof(SuggestedAggregation);

    /// <summary>
    /// The C# keyword or name of the wrong type: <c>string</c>, <c>array</c>, <c>bool</c>, <c>char</c>, <c>nint</c>, and so on.
    /// </summary>
    public const string FieldTypeKind = nameof(FieldTypeKind);

    /// <summary>Offsets of the gaps, separated by commas, in ascending order.</summary>
    public const string PaddingOffsets = nameof(PaddingOffsets);

    /// <summary>Lengths of the gaps in bytes, separated by commas, in the order of <see cref="PaddingOffsets"/>.</summary>
    public const string PaddingLengths = nameof(PaddingLengths);

    /// <summary>
    /// Names of the fields before the gaps, separated by commas, in the order of <see cref="PaddingOffsets"/>; empty for a gap at the
    /// start.
    /// </summary>
    public const string PaddingAfter = nameof(PaddingAfter);

    /// <summary><c>true</c> if the struct has explicit layout, so that new fields need a <c>[FieldOffset]</c>.</summary>
    public const string ExplicitLayout = nameof(ExplicitLayout);

    /// <summary>The map variable that the loop reads, as written.</summary>
    public const string MapExpression = nameof(MapExpression);

    /// <summary>The member that the loop calls (<c>TryGetValue</c>, <c>TryAggregate</c>, <c>this[]</c>, ...).</summary>
    public const string Member = nameof(Member);

    /// <summary>The required accessibility as C# keywords.</summary>
    public const string Accessibility = nameof(Accessibility);

    /// <summary>The name of the type whose declaration has to change.</summary>
    public const string TypeName = nameof(TypeName);

    /// <summary>The path of the <c>.layout</c> that the declaration was compared with.</summary>
    public const string LayoutPath = nameof(LayoutPath);

    /// <summary>The name of the map in that <c>.layout</c>.</summary>
    public const string MapName = nameof(MapName);

    /// <summary>
    /// The metadata name of the struct or class that has the <c>[BpfMap]</c>, where the diagnostic may be in another type.
    /// </summary>
    public const string DeclaringType = nameof(DeclaringType);

    /// <summary>The compared part: <c>Key</c>, <c>Value</c> or <c>Record</c>.</summary>
    public const string Part = nameof(Part);

    /// <summary>
    /// The path of the first C# field that differs from the object, from the key or value inwards (<c>Source.Port</c>). Missing if C# has
    /// no such field.
    /// </summary>
    public const string FieldPath = nameof(FieldPath);

    /// <summary>Creates properties. Those without a value are omitted.</summary>
    public static ImmutableDictionary<string, string?> Of(params (string Name, string? Value)[] properties)
    {
        ImmutableDictionary<string, string?>.Builder builder = ImmutableDictionary.CreateBuilder<string, string?>();
        foreach ((string name, string? value) in properties)
        {
            if (value is not null)
                builder[name] = value;
        }
        return builder.ToImmutable();
    }
}
