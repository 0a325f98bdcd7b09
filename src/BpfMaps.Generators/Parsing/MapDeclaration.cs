using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>A <c>[BpfMap]</c> while it is parsed.</summary>
internal sealed record MapDeclaration(
    INamedTypeSymbol Target,
    MapAttribute Attribute,
    MapTypeFacts Kind,
    Compilation Compilation,
    Reporter Reporter,
    CancellationToken Cancellation
)
{
    /// <summary>Whether wrong values of <c>KeySize</c> and <c>ValueSize</c> are ignored.</summary>
    public bool IgnoresSizes { get; init; }

    /// <summary>Whether the attribute is on the map class instead of the value.</summary>
    public bool IsClassForm => Target.TypeKind == TypeKind.Class;

    public IAssemblySymbol Runtime => Attribute.Runtime ?? Compilation.Assembly;

    public Location Place => Reporter.LocationOf(Target);

    /// <summary>The name of the map class, without escaping.</summary>
    public string ClassName => IsClassForm ? Target.Name : Attribute.ClassName ?? Target.Name + "Map";
}
