extern alias generator;

using System.Diagnostics;
using System.Globalization;
using System.Text;
using generator::BpfMaps.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Benchmarks;

/// <summary>
/// Measures how long the generator takes after an edit, compared with <c>ForAttributeWithMetadataName</c>: in a compilation of 1,000 other
/// files, with 10, 100 and 1,000 declarations. Both see the same edits, one after the other, and must generate the same files.
/// </summary>
internal static class EditBenchmark
{
    private const int OtherFiles = 1000;
    private const int Warmups = 3;

    // One object for all files, as in an editor.
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp14);

    private static readonly (string Name, Func<int, string> Text)[] s_edits =
    [
        ("body of a method", static edit => Code(0, Number(edit), "")),
        ("signature elsewhere", static edit => Code(0, "0", $"int added{Number(edit)}")),
        ("declaration", static edit => Declaration(0, $"public uint Added{Number(edit)};")),
    ];

    public static void Run(TextWriter output, int rounds)
    {
        output.WriteLine("| Declarations | Edit | Generator (ms) | ForAttributeWithMetadataName (ms) | Ratio |");
        output.WriteLine("|---:|---|---:|---:|---:|");
        foreach (int declarations in new[] { 10, 100, 1000 })
        {
            foreach ((string name, Func<int, string> text) in s_edits)
            {
                (double own, double other) = Measure(declarations, name == "declaration" ? "Map0.cs" : "Code0.cs", text, rounds);
                output.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"| {declarations} | {name} | {own:F2} | {other:F2} | {other / own:F1} |")
                );
            }
        }
    }

    private static (double Own, double Other) Measure(int declarations, string path, Func<int, string> text, int rounds)
    {
        CSharpCompilation compilation = Create(declarations);
        GeneratorDriver own = Driver(new BpfMapGenerator()).RunGenerators(compilation);
        GeneratorDriver other = Driver(new AttributeGenerator()).RunGenerators(compilation);
        List<double> ownTimes = [],
            otherTimes = [];
        for (int edit = 0; edit < Warmups + rounds; edit++)
        {
            SyntaxTree tree = compilation.SyntaxTrees.Single(t => t.FilePath == path);
            SyntaxTree edited = Parse(path, text(edit + 1));
            // A compilation of its own for each, so that neither finds what the other has bound.
            CSharpCompilation first = compilation.ReplaceSyntaxTree(tree, edited),
                second = compilation.ReplaceSyntaxTree(tree, edited);
            (double ownTime, double otherTime) =
                edit % 2 == 0 ? (Time(ref own, first), Time(ref other, second)) : Swap(Time(ref other, second), Time(ref own, first));
            compilation = first;
            CheckEqual(own, other);
            if (edit >= Warmups)
            {
                ownTimes.Add(ownTime);
                otherTimes.Add(otherTime);
            }
        }
        return (Median(ownTimes), Median(otherTimes));
    }

    private static (double Own, double Other) Swap(double other, double own) => (own, other);

    private static double Time(ref GeneratorDriver driver, CSharpCompilation compilation)
    {
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void CheckEqual(GeneratorDriver own, GeneratorDriver other)
    {
        if (!Texts(own).SequenceEqual(Texts(other)))
            throw new InvalidOperationException("The two generators generate different files.");
    }

    private static IEnumerable<string> Texts(GeneratorDriver driver) =>
        driver.GetRunResult().GeneratedTrees.Select(static tree => tree.ToString()).Order(StringComparer.Ordinal);

    private static CSharpGeneratorDriver Driver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.Implementation, trackIncrementalGeneratorSteps: false)
        );

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static CSharpCompilation Create(int declarations) =>
        CSharpCompilation.Create(
            "edits",
            [
                .. Enumerable.Range(0, declarations).Select(static i => Parse($"Map{Number(i)}.cs", Declaration(i, ""))),
                .. Enumerable.Range(0, OtherFiles).Select(static i => Parse($"Code{Number(i)}.cs", Code(i, "0", ""))),
            ],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(static path =>
                    Path.GetFileName(path) is var name
                    && (name.StartsWith("System", StringComparison.Ordinal) || name == "BpfMaps.Runtime.dll")
                )
                .Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, s_parseOptions, path);

    private static string Declaration(int number, string field) =>
        $$"""
            using BpfMaps;
            namespace Acme.Maps;

            [BpfMap(Type = BpfMapType.Hash, Name = "map_{{Number(number)}}", MaxEntries = 1024)]
            public struct Map{{Number(number)}}
            {
                public struct Key { public Be32 Source, Destination; public Be16 SourcePort, DestinationPort; public uint Protocol; }
                public ulong Packets;
                public ulong Bytes;
                public Histogram{{Number(number)}} Latency;
                {{field}}
            }

            [System.Runtime.CompilerServices.InlineArray(16)]
            public struct Histogram{{Number(number)}} { private ulong _first; }
            """;

    // About 100 lines, as a file of an application has.
    private static string Code(int number, string value, string parameter)
    {
        StringBuilder text = new(
            $$"""
            using System;
            using System.Collections.Generic;
            namespace Acme.Code;

            /// <summary>A class of the application.</summary>
            [Serializable]
            public sealed class Code{{Number(number)}}
            {
                private readonly Dictionary<string, int> _counts = new();
                public int Edited({{parameter}}) { return {{value}}; }

            """
        );
        for (int method = 0; method < 12; method++)
        {
            text.Append(
                $$"""
                    /// <summary>Counts.</summary>
                    public int Count{{Number(method)}}(string name, int amount)
                    {
                        if (!_counts.TryGetValue(name, out int count))
                            count = {{Number(method)}};
                        _counts[name] = count + amount;
                        return count;
                    }

                """
            );
        }
        return text.Append("}\n").ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
