using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Parsing;

/// <summary>A metrics attribute on a field, or on the type with <c>[BpfMap]</c>.</summary>
/// <param name="data">The attribute.</param>
/// <param name="owner">The field or type with the attribute.</param>
/// <param name="declaration">The declaration that is parsed.</param>
internal sealed class Annotation(AttributeData data, ISymbol owner, MapDeclaration declaration)
{
    /// <summary>The name of the attribute class without <c>Bpf</c> and <c>Attribute</c>.</summary>
    public string What { get; } = data.AttributeClass!.Name.Substring(3, data.AttributeClass.Name.Length - "BpfAttribute".Length);

    /// <summary>The name of the field or type in messages.</summary>
    public string Owner =>
        owner is IFieldSymbol part ? part.ContainingType.MessageName() + "." + LayoutParser.NameOf(part) : owner.MessageName();

    /// <summary>The first argument: the name of the metric or label.</summary>
    public string Name =>
        data.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string name } ? name : "";

    public BpfMetricKind? Metric =>
        What switch
        {
            "Counter" => BpfMetricKind.Counter,
            "Gauge" => BpfMetricKind.Gauge,
            "Histogram" => BpfMetricKind.Histogram,
            _ => null,
        };

    public Location Place => declaration.Reporter.LocationOf(owner);

    public Location PlaceOfName => Syntax?.ArgumentList?.Arguments.FirstOrDefault(static a => a.NameEquals is null)?.GetLocation() ?? Place;

    /// <summary>Gets all metrics attributes of a field or type.</summary>
    public static IEnumerable<Annotation> Of(ISymbol owner, MapDeclaration declaration)
    {
        foreach (AttributeData data in owner.GetAttributes())
        {
            if (
                data.AttributeClass
                    is {
                        Name: "BpfLabelAttribute"
                            or "BpfBucketAttribute"
                            or "BpfCounterAttribute"
                            or "BpfGaugeAttribute"
                            or "BpfHistogramAttribute"
                    } type
                && type.IsRuntimeType(declaration.Runtime)
            )
                yield return new(data, owner, declaration);
        }
    }

    public T? Get<T>(string argument)
        where T : class => Find(argument)?.Value as T;

    public double Number(string argument, double otherwise) => Find(argument) is { Value: double number } ? number : otherwise;

    public int Integer(string argument, int otherwise) => Find(argument) is { Value: int number } ? number : otherwise;

    /// <summary>Gets an argument that is an array of numbers; <see langword="null"/> if it is missing.</summary>
    public double[]? Numbers(string argument) =>
        Find(argument) is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? [.. array.Values.Select(static v => v.Value is double number ? number : double.NaN)]
            : null;

    /// <summary>Gets the location of the value of an argument, or of the field if the argument is missing.</summary>
    public Location PlaceOf(string argument) =>
        Syntax?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == argument)?.Expression.GetLocation()
        ?? Place;

    // In editors, attributes of referenced projects have syntax, but not in this compilation.
    private AttributeSyntax? Syntax =>
        data.ApplicationSyntaxReference is { } reference && declaration.Compilation.ContainsSyntaxTree(reference.SyntaxTree)
            ? reference.GetSyntax(declaration.Cancellation) as AttributeSyntax
            : null;

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
