using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports lookups of values in a loop over the keys of the same map.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LookupInLoopAnalyzer : DiagnosticAnalyzer
{
    private static readonly HashSet<string> s_lookups = ["TryGetValue", "TryAggregate", "TryGetValues"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UseDescriptors.LookupInLoop];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Loop);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (
            context.Operation is not IForEachLoopOperation loop
            || Unwrap(loop.Collection) is not IPropertyReferenceOperation { Property.Name: "Keys", Instance: { } map }
            || MapClassSymbol.Find(map.Type) is null
            || SymbolOf(map) is not { } mapSymbol
            || loop.LoopControlVariable is not IVariableDeclaratorOperation { Symbol: var key }
        )
        {
            return;
        }
        foreach (IOperation operation in loop.Body.Descendants())
        {
            if (Lookup(operation) is not (var instance, var argument, var member))
                continue;
            bool isSameMap = SymbolEqualityComparer.Default.Equals(SymbolOf(instance), mapSymbol);
            bool isTheKey = Unwrap(argument) is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, key);
            if (isSameMap && isTheKey)
                context.ReportDiagnostic(Create(operation, map, member));
        }
    }

    private static Diagnostic Create(IOperation lookup, IOperation map, string member) =>
        Diagnostic.Create(
            UseDescriptors.LookupInLoop,
            lookup.Syntax.GetLocation(),
            DiagnosticProperties.Of((DiagnosticProperties.MapExpression, map.Syntax.ToString()), (DiagnosticProperties.Member, member)),
            map.Syntax.ToString(),
            member
        );

    private static (IOperation Map, IOperation Key, string Member)? Lookup(IOperation operation) =>
        operation switch
        {
            IInvocationOperation { Instance: { } map, Arguments.Length: > 0 } call when s_lookups.Contains(call.TargetMethod.Name) => (
                map,
                call.Arguments[0].Value,
                call.TargetMethod.Name
            ),
            IPropertyReferenceOperation { Instance: { } map, Arguments.Length: 1, Property.IsIndexer: true } indexer
                when !IsWritten(indexer) => (map, indexer.Arguments[0].Value, "this[]"),
            _ => null,
        };

    private static bool IsWritten(IOperation operation) =>
        operation.Parent is IAssignmentOperation assignment && assignment.Target == operation;

    private static ISymbol? SymbolOf(IOperation map) =>
        Unwrap(map) switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }
}
