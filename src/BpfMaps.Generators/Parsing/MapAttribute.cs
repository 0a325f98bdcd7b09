using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Parsing;

/// <summary>The arguments of a <c>[BpfMap]</c>, and where they stand.</summary>
internal sealed class MapAttribute(AttributeData data, CancellationToken cancellation)
{
    private AttributeSyntax? _syntax;

    public IAssemblySymbol? Runtime => data.AttributeClass?.ContainingAssembly;

    /// <summary>Whether an argument is written, be its value readable or not.</summary>
    public bool Has(string argument) => FindSyntax(argument) is not null;

    /// <summary>Whether an argument has a value that the compiler cannot tell.</summary>
    public bool IsUnbound(string argument) => Has(argument) && Find(argument) is null;

    public MapType Type => (MapType)(Find("Type") is { Value: int type } ? type : 0);

    public ITypeSymbol? Key => Find("Key")?.Value as ITypeSymbol;

    public ITypeSymbol? Value => Find("Value")?.Value as ITypeSymbol;

    public ITypeSymbol? Inner => Find("Inner")?.Value as ITypeSymbol;

    public string? Name => Find("Name")?.Value as string;

    public string? Object => Find("Object")?.Value as string;

    public string? Record => Find("Record")?.Value as string;

    public string? ClassName => Find("ClassName")?.Value as string;

    public uint? MaxEntries => Find("MaxEntries")?.Value as uint?;

    public MapFlags? Flags => Find("Flags") is { Value: uint flags } ? (MapFlags)flags : null;

    public ulong? MapExtra => Find("MapExtra")?.Value as ulong?;

    public int? KeySize => Find("KeySize")?.Value as int?;

    public int? ValueSize => Find("ValueSize")?.Value as int?;

    /// <summary>The place of an argument; that of the attribute where it is not given.</summary>
    public Location LocationOf(string argument) =>
        (FindSyntax(argument)?.GetLocation() ?? Syntax?.GetLocation()) ?? Location.None;

    /// <summary>The place of an argument's value (<c>typeof(uint)</c> in <c>Key = typeof(uint)</c>).</summary>
    public Location LocationOfValue(string argument) =>
        FindSyntax(argument)?.Expression.GetLocation() ?? LocationOf(argument);

    /// <summary>An argument's value as it is written.</summary>
    public string? TextOfValue(string argument) => FindSyntax(argument)?.Expression.ToString();

    private AttributeSyntax? Syntax => _syntax ??= data.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

    private AttributeArgumentSyntax? FindSyntax(string argument) =>
        Syntax?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == argument);

    private TypedConstant? Find(string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in data.NamedArguments)
        {
            if (argument.Key == name)
                return argument.Value.Kind == TypedConstantKind.Error ? null : argument.Value;
        }
        return null;
    }
}
