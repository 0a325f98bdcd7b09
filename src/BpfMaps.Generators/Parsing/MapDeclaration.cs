using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>One <c>[BpfMap]</c> on its way through the parser's rules.</summary>
internal sealed record MapDeclaration(INamedTypeSymbol Target, MapAttribute Attribute, MapKind Kind, Compilation Compilation, Reporter Reporter, CancellationToken Cancellation)
{
    /// <summary>Whether <c>KeySize</c> and <c>ValueSize</c> are taken for right, whatever they say.</summary>
    public bool IgnoresSizes { get; init; }

    /// <summary>Whether the attribute is on the class that becomes the map, and not on the value.</summary>
    public bool IsClassForm => Target.TypeKind == TypeKind.Class;

    public IAssemblySymbol Runtime => Attribute.Runtime ?? Compilation.Assembly;

    public Location Place => Reporter.LocationOf(Target);

    /// <summary>The name of the map class, not escaped.</summary>
    public string ClassName => IsClassForm ? Target.Name : Attribute.ClassName ?? Target.Name + "Map";
}
