using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using BpfMaps.Metadata;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>A source with its generated code, compiled and loaded.</summary>
internal sealed class LoadedCode : IDisposable
{
    private readonly AssemblyLoadContext _context = new("User", isCollectible: true);
    private readonly Assembly _assembly;

    public LoadedCode(string source, params AdditionalText[] files)
    {
        Generation
            .CreateDriver(files)
            .RunGeneratorsAndUpdateCompilation(Generation.Compile(source, allowUnsafe: true), out Compilation output, out _);
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = output
            .WithOptions(output.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics) + "\n" + source);
        image.Position = 0;
        _assembly = _context.LoadFromStream(image);
    }

    public Type this[string name] => _assembly.GetType(name, throwOnError: true)!;

    /// <summary>The schema that a map class declares.</summary>
    public BpfMapSchema SchemaOf(string mapClass) => (BpfMapSchema)this[mapClass].GetProperty("Schema")!.GetValue(null)!;

    /// <summary>Calls the generated aggregation of a per-CPU map class without a map.</summary>
    public object Accumulate(string mapClass, object total, object value)
    {
        object map = RuntimeHelpers.GetUninitializedObject(this[mapClass]);
        object[] arguments = [total, value];
        this[mapClass].GetMethod("Accumulate", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(map, arguments);
        return arguments[0];
    }

    /// <summary>Calls a static method without parameters.</summary>
    public object? Call(string type, string method) => this[type].GetMethod(method)!.Invoke(null, null);

    public void Dispose() => _context.Unload();
}
