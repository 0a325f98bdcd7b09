using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>Runs the generator over sources.</summary>
internal static class Generation
{
    /// <summary>The using directives of test sources.</summary>
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using BpfMaps;
        using static BpfMaps.BpfMapType;

        """;

    // With the strictest settings of user projects, which generated code must satisfy.
    private static readonly CSharpCompilationOptions s_strict = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        checkOverflow: true,
        allowUnsafe: false
    );

    public static CSharpParseOptions ParseOptions { get; } =
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14).WithDocumentationMode(DocumentationMode.Diagnose);

    /// <summary>The file that test sources are in.</summary>
    public const string UserFile = "User.cs";

    public static CSharpCompilation Compile(string source, bool allowUnsafe = false, CSharpParseOptions? options = null) =>
        CSharpCompilation.Create(
            "User",
            [CSharpSyntaxTree.ParseText(source, options ?? ParseOptions, path: UserFile)],
            References.All,
            s_strict
                .WithAllowUnsafe(allowUnsafe)
                .WithNullableContextOptions(
                    (options ?? ParseOptions).LanguageVersion < LanguageVersion.CSharp8
                        ? NullableContextOptions.Disable
                        : NullableContextOptions.Enable
                )
        );

    public static GeneratorDriver CreateDriver(params AdditionalText[] files) => CreateDriver(ParseOptions, files);

    /// <param name="options">The language version and the documentation mode.</param>
    /// <param name="files">The additional files.</param>
    /// <param name="disabled">The outputs to skip. Editors skip those that only builds need.</param>
    public static GeneratorDriver CreateDriver(
        CSharpParseOptions options,
        AdditionalText[] files,
        IncrementalGeneratorOutputKind disabled = IncrementalGeneratorOutputKind.Implementation
    ) =>
        CSharpGeneratorDriver.Create(
            [new BpfMapGenerator().AsSourceGenerator()],
            files,
            parseOptions: options,
            driverOptions: new GeneratorDriverOptions(disabled, trackIncrementalGeneratorSteps: true)
        );

    /// <summary>Generates code, and fails if it does not compile without warnings.</summary>
    public static GeneratorDriver RunClean(string source, bool allowUnsafe = false, params AdditionalText[] files)
    {
        GeneratorDriver driver = CreateDriver(files)
            .RunGeneratorsAndUpdateCompilation(
                Compile(source, allowUnsafe),
                out Compilation output,
                out ImmutableArray<Diagnostic> reported,
                Ct
            );
        Assert.Empty(reported);
        ImmutableArray<Diagnostic> problems =
        [
            .. output.GetDiagnostics(Ct).Where(static d => d.Severity != DiagnosticSeverity.Hidden && !IsUsersOwn(d)),
        ];
        Assert.True(problems.IsEmpty, string.Join('\n', problems) + "\n\n" + string.Join('\n', driver.GetRunResult().GeneratedTrees));
        return driver;
    }

    public static ImmutableArray<GeneratedSourceResult> Sources(this GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().GeneratedSources;

    /// <summary>Gets the only generated file of a source.</summary>
    public static string GenerateOne(string source, bool allowUnsafe = false) =>
        RunClean(source, allowUnsafe).Sources().Single().SourceText.ToString();

    // The user's file may lack documentation and have unused fields; the generated file must have no warnings.
    public static bool IsUsersOwn(Diagnostic diagnostic) =>
        diagnostic.Id is "CS1591" or "CS0169" or "CS0649" or "CS8981" && diagnostic.Location.SourceTree?.FilePath == UserFile;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
