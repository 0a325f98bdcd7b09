using System.Collections.Immutable;
using System.Globalization;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>The analyzer refuses what queries refuse at run time, for the same reasons.</summary>
public sealed class QueryTests
{
    private const string Folder = "tests/BpfMaps.Queries.Tests/";
    private const string UsingsOfTests = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using BpfMaps;
        """;

    private const string Flows = """
        [InlineArray(4)] public struct Slots { private ulong _first; }
        [BpfMap(Type = Hash, Key = typeof(uint), MaxEntries = 1)]
        public struct Flow
        {
            public ulong Bytes, Packets; public double Ratio; public Slots Slots; public BpfText<Bytes256> Name;
            public ulong Total => Bytes + Packets;
        }

        """;

    /// <summary>The table of cases that the test of queries runs: the same part, the same reason.</summary>
    [Fact]
    public async Task Cases_AreRefusedAsAtRunTime()
    {
        CSharpCompilation compilation = Compile(
            UsingsOfTests,
            Repository.Read(Folder + "Declarations.cs"),
            Repository.Read(Folder + "Translation/UntranslatableCase.cs"),
            WithoutPragma(Repository.Read(Folder + "Translation/UntranslatableCases.cs"))
        );

        ImmutableArray<Diagnostic> reported = await Diagnose.Report<QueryAnalyzer>(compilation);

        SyntaxTree file = compilation.SyntaxTrees.Last();
        BaseObjectCreationExpressionSyntax[] cases =
        [
            .. (await file.GetRootAsync(Ct))
                .DescendantNodes()
                .OfType<BaseObjectCreationExpressionSyntax>()
                .Where(static creation => creation.Parent is ExpressionElementSyntax && creation.ArgumentList!.Arguments.Count > 1),
        ];
        Assert.NotEmpty(cases);
        Assert.Equal(cases.Length, reported.Length);
        Microsoft.CodeAnalysis.Text.SourceText text = await file.GetTextAsync(Ct);
        SemanticModel model = compilation.GetSemanticModel(file);
        Assert.All(
            cases,
            untranslatable =>
            {
                string[] arguments =
                [
                    .. untranslatable
                        .ArgumentList!.Arguments.Take(3)
                        .Select(argument => (string)model.GetConstantValue(argument.Expression, Ct).Value!),
                ];
                Diagnostic diagnostic = Assert.Single(reported, d => untranslatable.Span.Contains(d.Location.SourceSpan));
                Assert.Equal(arguments[0], diagnostic.Id);
                Assert.Equal(arguments[1], text.ToString(diagnostic.Location.SourceSpan));
                Assert.Equal(
                    $"The query cannot be translated because of '{arguments[1]}': {arguments[2]}",
                    diagnostic.GetMessage(CultureInfo.InvariantCulture)
                );
            }
        );
    }

    /// <summary>The predicates that the tests of queries compare with LINQ.</summary>
    [Fact]
    public async Task TranslatablePredicates_AreNotReported()
    {
        SyntaxNode root = await CSharpSyntaxTree
            .ParseText(Repository.Read(Folder + "Answers/FlowQuestionTests.cs"), Generation.ParseOptions, cancellationToken: Ct)
            .GetRootAsync(Ct);
        MethodDeclarationSyntax method = root.DescendantNodes()
            .OfType<MethodDeclarationSyntax>()
            .Single(static method => method.Identifier.Text == "Predicates");
        IEnumerable<string> variables = method.Body!.Statements.OfType<LocalDeclarationStatementSyntax>().Select(static s => s.ToString());
        string[] calls =
        [
            .. method.DescendantNodes().OfType<SimpleLambdaExpressionSyntax>().Select(static predicate => $"query.Where({predicate});"),
        ];
        Assert.True(calls.Length > 30, "The predicates were not found.");

        CSharpCompilation compilation = Compile(
            UsingsOfTests,
            Repository.Read(Folder + "Declarations.cs"),
            $$"""
            namespace BpfMaps.Tests;
            internal static class Use
            {
                private static readonly ulong s_limit = 1;
                internal static void All(BpfQuery<Flow.Key, Flow> query)
                {
                    {{string.Join('\n', variables.Concat(calls))}}
                }
            }
            """
        );

        Assert.Empty(compilation.GetDiagnostics(Ct).Where(static d => d.Severity == DiagnosticSeverity.Error));
        Assert.Empty(await Diagnose.Report<QueryAnalyzer>(compilation));
    }

    [Fact]
    public Task EachReason_IsReportedWhereItIs() =>
        Diagnose.Verify<QueryAnalyzer>(
            Flows
                + """
                public static class User
                {
                    public static void Use(BpfQuery<uint, Flow> query, BpfPerCpuQuery<uint, Flow> totals, Func<ulong, bool> wanted)
                    {
                        query.Where(flow => {|BPFMAP110:wanted(flow.Value.Bytes)|});
                        totals.Where(flow => {|BPFMAP111:flow.Value.Ratio|} > 0.5).Count();
                        totals.Totals().Sum(flow => {|BPFMAP112:flow.Value.Total|});
                        query.Where(flow => true).Top(3, flow => flow.Value.Bytes / {|BPFMAP113:flow.Value.Packets|});
                        query.Where(flow => flow.Value.Name == {|BPFMAP114:flow.Value.Name.ToString()|});
                        query.Max(flow => {|BPFMAP115:BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, 7)|});
                        query.Where(flow => flow.Value.Name == "a" || flow.Value.Name == "b" || flow.Value.Name == "c" || {|BPFMAP116:flow.Value.Name|} == "d");
                    }
                }
                """
        );

    [Fact]
    public Task OtherLambdas_AreNotReported() =>
        Diagnose.Verify<QueryAnalyzer>(
            """
            using System.Linq;
            using System.Linq.Expressions;
            """
                + Flows
                + """
                public static class User
                {
                    public static object Use<TKey>(BpfQuery<TKey, Flow> query, IEnumerable<Flow> flows, IQueryable<Flow> queried, TKey key)
                        where TKey : unmanaged
                    {
                        Expression<Func<KeyValuePair<TKey, Flow>, bool>> built = flow => flow.Value.Ratio > 1;
                        query.Where(built);
                        query.Where(flow => flow.Value.Bytes > (ulong)Math.Sqrt(flows.Count()));
                        return (flows.Where(flow => flow.Ratio > 1), queried.Where(flow => flow.Ratio > 1));
                    }
                }
                """
        );

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string WithoutPragma(string source) => source[source.IndexOf('\n', StringComparison.Ordinal)..];

    /// <summary>Compiles sources as the project of the tests of queries, where arithmetic is not checked.</summary>
    private static CSharpCompilation Compile(params string[] sources)
    {
        CSharpCompilation compilation = Generation.Compile(sources[0]);
        return compilation
            .WithOptions(compilation.Options.WithOverflowChecks(false).WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .AddSyntaxTrees(
                sources
                    .Skip(1)
                    .Select(
                        static (source, index) =>
                            CSharpSyntaxTree.ParseText(source, Generation.ParseOptions, $"{index}.cs", cancellationToken: Ct)
                    )
            );
    }
}
