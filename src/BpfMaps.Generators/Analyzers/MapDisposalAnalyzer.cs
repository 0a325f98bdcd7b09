using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports a map that a method creates or opens but neither disposes nor passes on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MapDisposalAnalyzer : DiagnosticAnalyzer
{
    private static readonly HashSet<string> s_factories =
    [
        "Create",
        "OpenPinned",
        "OpenById",
        "OpenOrCreatePinned",
        "FromFileDescriptor",
        "FromRaw",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UseDescriptors.MapNotDisposed];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(Analyze);
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        foreach (
            IInvocationOperation call in context.OperationBlocks.SelectMany(static b => b.Descendants()).OfType<IInvocationOperation>()
        )
        {
            if (!IsFactory(call.TargetMethod))
                continue;
            IOperation use = SkipConversions(call).Parent!;
            if (use is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
            {
                if (!IsUsing(declarator) && !References(context, declarator.Symbol).Any(LetsGo))
                    Report(context, declarator.Symbol.Locations[0], declarator.Symbol.Name);
            }
            else if (
                use is IExpressionStatementOperation
                || (use is IInvocationOperation chained && chained.Instance == SkipConversions(call) && !IsDispose(chained))
            )
            {
                Report(context, call.Syntax.GetLocation(), call.Syntax.ToString());
            }
        }
    }

    private static bool IsFactory(IMethodSymbol method) =>
        method.IsStatic
        && s_factories.Contains(method.Name)
        && SymbolEqualityComparer.Default.Equals(method.ReturnType, method.ContainingType)
        && MapClassSymbol.Find(method.ContainingType) is not null;

    private static void Report(OperationBlockAnalysisContext context, Location place, string name) =>
        context.ReportDiagnostic(Diagnostic.Create(UseDescriptors.MapNotDisposed, place, name));

    private static IEnumerable<ILocalReferenceOperation> References(OperationBlockAnalysisContext context, ILocalSymbol local) =>
        context
            .OperationBlocks.SelectMany(static b => b.Descendants())
            .OfType<ILocalReferenceOperation>()
            .Where(r => SymbolEqualityComparer.Default.Equals(r.Local, local));

    /// <summary>Gets whether a use disposes the map, or passes on the responsibility for it.</summary>
    private static bool LetsGo(ILocalReferenceOperation reference)
    {
        if (IsInFunction(reference))
            return true;
        IOperation expression = SkipConversions(reference);
        return expression.Parent switch
        {
            IInvocationOperation call when call.Instance == expression => IsDispose(call),
            IConditionalAccessOperation access when access.Operation == expression => access.WhenNotNull is IInvocationOperation call
                && IsDispose(call),
            IMemberReferenceOperation => false,
            IForEachLoopOperation => false,
            ISimpleAssignmentOperation assignment when assignment.Target == expression => false,
            IBinaryOperation or IIsPatternOperation or INameOfOperation => false,
            _ => true,
        };
    }

    private static bool IsUsing(IVariableDeclaratorOperation declarator)
    {
        for (IOperation? parent = declarator.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent is IUsingOperation or IUsingDeclarationOperation)
                return true;
        }
        return false;
    }

    // A lambda or local function may dispose it.
    private static bool IsInFunction(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return true;
        }
        return false;
    }

    private static bool IsDispose(IInvocationOperation call) => call.TargetMethod.Name is "Dispose" or "DisposeAsync";

    private static IOperation SkipConversions(IOperation operation)
    {
        while (operation.Parent is IConversionOperation or IParenthesizedOperation)
            operation = operation.Parent;
        return operation;
    }
}
