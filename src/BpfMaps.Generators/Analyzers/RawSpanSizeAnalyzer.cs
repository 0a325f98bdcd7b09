using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BpfMaps.Generators.Analyzers;

/// <summary>
/// Reports spans of constant length that do not have the key or value size of the map whose <c>Raw</c> property they are passed to.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RawSpanSizeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UseDescriptors.RawSpanSize];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (
            call.Instance is not IPropertyReferenceOperation { Property.Name: "Raw", Instance: { Type: { } mapType } map }
            || MapClassSymbol.Find(mapType) is not { Kind.IsStream: false } mapClass
        )
            return; // The type argument of a stream is a record, which raw operations do not use.
        foreach (IArgumentOperation argument in call.Arguments)
        {
            bool isKey = argument.Parameter?.Name is "key" or "nextKey";
            bool isValue = argument.Parameter?.Name == "value" && !mapClass.Kind.IsPerCpu;
            // An empty key requests the first key.
            bool mayBeEmpty = call.TargetMethod.Name == "TryGetNextKey" && argument.Parameter?.Name == "key";
            if (
                (!isKey && !isValue)
                || ConstantSpanLength.Of(argument.Value) is not { } given
                || SizeOf(context, mapClass, isKey) is not { } expected
                || given == expected
                || (given == 0 && mayBeEmpty)
            )
                continue;
            context.ReportDiagnostic(
                Diagnostic.Create(
                    UseDescriptors.RawSpanSize,
                    argument.Value.Syntax.GetLocation(),
                    DiagnosticProperties.Of(
                        (DiagnosticProperties.ActualSize, given.Text()),
                        (DiagnosticProperties.ExpectedSize, expected.Text())
                    ),
                    argument.Value.Syntax.ToString(),
                    given.Text(),
                    isKey ? "key" : "value",
                    map.Syntax.ToString(),
                    expected.Text()
                )
            );
        }
    }

    /// <returns><see langword="null"/> if the type has errors, or the map has no keys.</returns>
    private static int? SizeOf(OperationAnalysisContext context, MapClassSymbol map, bool isKey)
    {
        ImmutableArray<ITypeSymbol> arguments = map.Base.TypeArguments;
        if (!isKey)
            return map.Kind.Holds is null ? SizeOf(context, map, arguments[arguments.Length - 1]) : map.Kind.OnlyValueSize;
        return map.Kind.Keys switch
        {
            MapKeyRule.Any or MapKeyRule.CgroupStorage => SizeOf(context, map, arguments[0]),
            MapKeyRule.Index => map.Kind.KeySize,
            MapKeyRule.Prefix => KernelLimits.PrefixLengthSize + SizeOf(context, map, arguments[0]),
            _ => null,
        };
    }

    private static int? SizeOf(OperationAnalysisContext context, MapClassSymbol map, ITypeSymbol type)
    {
        if (type.TypeKind is TypeKind.TypeParameter)
            return null;
        Reporter silent = new(context.Compilation, Location.None, listener: null);
        return new LayoutParser(map.Base.ContainingAssembly, silent, context.CancellationToken).Parse(type, Location.None)?.Size;
    }
}
