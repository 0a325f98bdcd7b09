using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>The input of the emitter for one map.</summary>
/// <remarks>
/// The pipeline compares specs to decide which files to generate again. All properties must be immutable and structurally equal. They
/// must not contain symbols, syntax nodes, compilations or locations, which would keep whole compilations in memory.
/// </remarks>
internal sealed record MapSpec
{
    public required string HintName { get; init; }

    /// <summary>The escaped namespace; empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>The headers of the containing types, outermost first (<c>partial class Outer</c>).</summary>
    public required EquatableArray<string> Containers { get; init; }

    /// <summary>The modifiers before <c>partial class</c>; empty if the user's part has them.</summary>
    public required string Modifiers { get; init; }

    /// <summary>The escaped name of the class.</summary>
    public required string ClassName { get; init; }

    public required BpfMapType Type { get; init; }

    public required string BaseClass { get; init; }

    /// <summary>The full names of the type arguments of the base class.</summary>
    public required EquatableArray<string> BaseTypeArguments { get; init; }

    /// <summary>The name of the map; the name of the declaring type if <see cref="IsSkeleton"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The declared capacity; <see langword="null"/> if it is not declared.</summary>
    public uint? MaxEntries { get; init; }

    public BpfMapFlags Flags { get; init; }

    /// <summary>The declared <c>map_extra</c>; <see langword="null"/> if it is not declared.</summary>
    public ulong? MapExtra { get; init; }

    /// <summary>The layout of keys; <see langword="null"/> for map types without declared keys.</summary>
    public TypeLayout? Key { get; init; }

    /// <summary>The layout of values; <see langword="null"/> for map types without declared values.</summary>
    public TypeLayout? Value { get; init; }

    /// <summary>The full name of the value type; <see langword="null"/> if <see cref="Value"/> is.</summary>
    public string? ValueTypeName { get; init; }

    /// <summary>The declared size of values for map types without declared values; <see langword="null"/> if it is not declared.</summary>
    public int? ValueSize { get; init; }

    /// <summary>The full name of the class of inner maps; <see langword="null"/> unless it is a map of maps.</summary>
    public string? Inner { get; init; }

    /// <summary>The aggregation of values; <see langword="null"/> unless the map is per-CPU.</summary>
    public EquatableArray<AggregateStep>? Aggregation { get; init; }

    /// <summary>The exported metrics; <see langword="null"/> if there are none.</summary>
    public MetricsSpec? Metrics { get; init; }

    /// <summary>
    /// The map of an object that the declaration is for; <see langword="null"/> if it names no object, or if the class of the object
    /// cannot use the map class.
    /// </summary>
    public MapClaimSpec? Claim { get; init; }

    /// <summary>The restrictions on the types that the file uses.</summary>
    public NamedTypesSpec NamedTypes { get; init; }

    /// <summary>Whether the declaration has errors, and the class only exists for code that uses it.</summary>
    public bool IsSkeleton { get; init; }
}
