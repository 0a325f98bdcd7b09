using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>The generator as editors run it, without the output that only builds need.</summary>
internal sealed class EditorGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => BpfMapGenerator.RegisterCode(context);
}
