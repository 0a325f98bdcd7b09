using BpfMaps.Generators.Metrics;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>The input of the emitter for one map.</summary>
/// <remarks>
/// The pipeline compares specs to decide which files to generate again. All properties must be immutable and structurally equal. They
/// must not contain symbols, syntax nodes, compilations or locations, which would keep whole compilations in memory.
/// </remarks>
/// <param name="Namespace">Escaped; empty for the global namespace.</param>
/// <param name="Containers">The headers of the containing types, outermost first (<c>partial class Outer</c>).</param>
/// <param name="Modifiers">What stands before <c>partial class</c>; empty where the user's own part says it.</param>
/// <param name="ClassName">Escaped.</param>
/// <param name="BaseTypeArguments">Full names of the base class's type arguments.</param>
/// <param name="MaxEntries"><see langword="null"/> if not declared.</param>
/// <param name="Value"><see langword="null"/> for kinds that hold something of the kernel's.</param>
/// <param name="ValueTypeName">Full; <see langword="null"/> together with the value.</param>
/// <param name="Aggregation"><see langword="null"/> unless the map is per-CPU.</param>
/// <param name="Claim">The map of an object that the declaration is for; <see langword="null"/> if it names none, or where no other type
/// can see its class.</param>
/// <param name="ValueSize">What is declared of the size of values that the kernel decides; <see langword="null"/> if nothing, and for other
/// kinds.</param>
/// <param name="Inner">The full name of the inner maps' class, for maps of maps.</param>
/// <param name="MapExtra">What is declared of <c>map_extra</c>; <see langword="null"/> if nothing.</param>
/// <param name="Metrics">What the map exports as metrics; <see langword="null"/> if nothing.</param>
/// <param name="Named">What the file says of the types that it names.</param>
/// <param name="IsSkeleton">Whether the declaration has errors, and the class is only there for the code that uses it. Then
/// <paramref name="Name"/> is the declaring type's.</param>
internal sealed record MapSpec(
    string HintName,
    string Namespace,
    EquatableArray<string> Containers,
    string Modifiers,
    string ClassName,
    MapType Type,
    string BaseClass,
    EquatableArray<string> BaseTypeArguments,
    string Name,
    uint? MaxEntries,
    MapFlags Flags,
    TypeLayout? Key,
    TypeLayout? Value,
    string? ValueTypeName,
    EquatableArray<AggregateStep>? Aggregation,
    MapClaim? Claim = null,
    int? ValueSize = null,
    string? Inner = null,
    ulong? MapExtra = null,
    MetricsSpec? Metrics = null,
    bool IsSkeleton = false,
    NamedTypes Named = default);

/// <summary>A declaration for a map of an object: <c>[BpfMap(Object = ..., Name = ...)]</c>.</summary>
/// <param name="ClassName">The full name of the map class.</param>
/// <param name="IsPublic">Whether the class is public.</param>
internal sealed record MapClaim(string Object, string Name, string ClassName, bool IsPublic);
