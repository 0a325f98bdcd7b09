using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Parsing;

/// <summary>The arguments of a <c>[BpfMap]</c> and their locations.</summary>
internal sealed class MapAttribute(AttributeData data, CancellationToken cancellation)
{
    private AttributeSyntax? _syntax;

    public IAssemblySymbol? Runtime => data.AttributeClass?.ContainingAssembly;

    /// <summary>Gets whether an argument is present, even if its value is invalid.</summary>
    public bool Has(string argument) => FindSyntax(argument) is not null;

    /// <summary>Gets whether an argument has a value that the compiler cannot determine.</summary>
    public bool IsUnbound(string argument) => Has(argument) && Find(argument) is null;

    public BpfMapType Type => (BpfMapType)(Find("Type") is { Value: int type } ? type : 0);

    public ITypeSymbol? Key => Find("Key")?.Value as ITypeSymbol;

    public ITypeSymbol? Value => Find("Value")?.Value as ITypeSymbol;

    public ITypeSymbol? Inner => Find("Inner")?.Value as ITypeSymbol;

    public string? Name => Find("Name")?.Value as string;

    public string? Object => Find("Object")?.Value as string;

    public string? Record => Find("Record")?.Value as string;

    public string? ClassName => Find("ClassName")?.Value as string;

    public uint? MaxEntries => Find("MaxEntries")?.Value as uint?;

    public BpfMapFlags? Flags => Find("Flags") is { Value: uint flags } ? (BpfMapFlags)flags : null;

    public ulong? MapExtra => Find("MapExtra")?.Value as ulong?;

    public int? KeySize => Find("KeySize")?.Value as int?;

    public int? ValueSize => Find("ValueSize")?.Value as int?;

    /// <summary>Gets the location of an argument, or of the attribute if the argument is missing.</summary>
    public Location LocationOf(string argument) => (FindSyntax(argument)?.GetLocation() ?? Syntax?.GetLocation()) ?? Location.None;

    /// <summary>Gets the location of the value of an argument (<c>typeof(uint)</c> in <c>Key = typeof(uint)</c>).</summary>
    public Location LocationOfValue(string argument) => FindSyntax(argument)?.Expression.GetLocation() ?? LocationOf(argument);

    /// <summary>Gets the source text of the value of an argument.</summary>
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
