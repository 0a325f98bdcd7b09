using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Metadata;
using BpfMaps.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Headers;

/// <summary>The header of a source, and its way back: from C through an object to the comparison with the declarations.</summary>
internal sealed class ExportedHeaderText
{
    /// <summary>The object that declarations must name for <see cref="DifferencesAsync"/>.</summary>
    public const string Object = "exported.bpf.o";

    private readonly CSharpCompilation _compilation;

    public ExportedHeaderText(string source)
    {
        _compilation = Generation.Compile(source, allowUnsafe: true);
        Text = HeaderEmitter.Emit(HeaderParser.Parse(_compilation, CancellationToken.None));
    }

    public string Text { get; }

    /// <summary>Compiles the header, and fails if the compiler has a warning.</summary>
    /// <param name="code">The text after the include.</param>
    public byte[] Compile(string code = "") => ClangCompiler.CompileText(Text + code, "bpfel", ["-g", "-O2", "-Wextra", "-Werror"]);

    /// <summary>The definitions that are in the compiled header.</summary>
    public BpfObjectFile Objects() => BpfObjectFile.Parse(Compile(), Object);

    /// <summary>Compares the compiled header with the declarations.</summary>
    /// <remarks>clang 14 cuts constants of 64 bits in debug types, which does not change layouts.</remarks>
    public async Task<string[]> DifferencesAsync()
    {
        TextFile layout = new($"/{Path.ChangeExtension(Object, ".layout")}", LayoutWriter.Write(Objects()));
        return
        [
            .. (await Diagnose.Report<ObjectMapAnalyzer>(_compilation, [layout]))
                .Where(static d => d.Id != ObjectTypeDescriptors.EnumIsCut.Id)
                .Select(static d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }
}
