using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Queries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Reports what queries cannot translate to programs, with the reason that they give at run time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QueryAnalyzer : DiagnosticAnalyzer
{
    private static readonly HashSet<string> s_queries = ["BpfQuery", "BpfPerCpuQuery", "BpfQueryFilter"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        QueryDescriptors.OperationUntranslatable,
        QueryDescriptors.NotAnInteger,
        QueryDescriptors.NotAField,
        QueryDescriptors.DivisorInvalid,
        QueryDescriptors.TextDependsOnElement,
        QueryDescriptors.ArrayElementInvalid,
        QueryDescriptors.TooManyVariables,
    ];

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
        if (call.TargetMethod.ContainingType is not { TypeArguments.Length: 2 } type || !s_queries.Contains(type.Name))
            return;
        if (!type.IsInRuntimeNamespace())
            return;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (LambdaOf(argument.Value) is { } lambda && Check(context, lambda) is { } refusal)
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(refusal.Descriptor, refusal.Part.Syntax.GetLocation(), refusal.Part.Syntax.ToString(), refusal.Reason)
                );
            }
        }
    }

    private static IAnonymousFunctionOperation? LambdaOf(IOperation argument)
    {
        while (argument is IConversionOperation or IDelegateCreationOperation)
            argument = argument.ChildOperations.First();
        return argument is IAnonymousFunctionOperation { Symbol.Parameters.Length: 1 } lambda ? lambda : null;
    }

    private static QueryRefusal? Check(OperationAnalysisContext context, IAnonymousFunctionOperation lambda)
    {
        IParameterSymbol element = lambda.Symbol.Parameters[0];
        if (
            element.Type is not INamedTypeSymbol { TypeArguments: { Length: 2 } parts }
            || lambda.Body.Operations.FirstOrDefault() is not IReturnOperation { ReturnedValue: { } body }
        )
            return null;
        QueryChecker checker = new(element, LayoutOf(context, parts[0]), LayoutOf(context, parts[1]));
        bool isCondition = lambda.Symbol.ReturnType.SpecialType == SpecialType.System_Boolean;
        bool isTranslated = isCondition ? checker.CheckCondition(body) : checker.CheckNumber(body);
        return isTranslated ? null : checker.Refusal;
    }

    /// <returns><see langword="null"/> if the type has errors, or is a type parameter.</returns>
    private static TypeLayout? LayoutOf(OperationAnalysisContext context, ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.TypeParameter || context.Compilation.GetTypeByMetadataName(SymbolFacts.MapAttribute) is not { } known)
            return null;
        Reporter silent = new(context.Compilation, Location.None, listener: null);
        return new LayoutParser(known.ContainingAssembly, silent, context.CancellationToken).Parse(type, Location.None);
    }
}
