using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>The generator as an editor runs it, which also runs the analyzers: without the report that only a build asks for.</summary>
internal sealed class EditorGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => BpfMapGenerator.RegisterCode(context);
}
