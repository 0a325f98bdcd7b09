using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Shapes;

/// <summary>
/// Everything in a compilation that parsing a declaration can depend on: the declarations of all files in order, the references and the
/// options.
/// </summary>
/// <remarks>
/// The type of a field or the constant of an array length may be in another file, and a new type in a nearer namespace changes the meaning
/// of a name. So a declaration depends on all declarations of all files, but not on their code (<see cref="CodeBody"/>).
/// <para>The pipeline keeps the first of several equal shapes, so a shape must not keep the compilation or parts of it in memory.</para>
/// </remarks>
internal sealed class CompilationShape : IEquatable<CompilationShape>
{
    private static readonly ConditionalWeakTable<Compilation, CompilationShape> s_known = new();

    private readonly WeakReference<Compilation> _compilation;
    private readonly string? _assemblyName;
    private readonly long _options;
    private readonly ImmutableArray<TreeShape> _trees;
    private readonly ImmutableArray<ReferenceShape> _references;

    private CompilationShape(Compilation compilation)
    {
        _compilation = new(compilation);
        _assemblyName = compilation.AssemblyName;
        // Compilations of other languages and scripts are never equal.
        bool isKnown = compilation is CSharpCompilation { ScriptCompilationInfo: null };
        _options = Identity.Of(isKnown ? compilation.Options : compilation);
        _trees = isKnown ? [.. compilation.SyntaxTrees.Select(TreeShape.Of)] : [];
        _references = isKnown ? [.. compilation.References.Select(ReferenceShape.Of)] : [];
    }

    public static CompilationShape Of(Compilation compilation) => s_known.GetValue(compilation, static c => new(c));

    /// <summary>
    /// The compilation. The next step of a pipeline runs only if the shape is new, and then during the same run, in which the compilation
    /// exists.
    /// </summary>
    public Compilation Compilation =>
        _compilation.TryGetTarget(out Compilation? found)
            ? found
            : throw new InvalidOperationException("The compilation is read after the run that it belongs to.");

    public bool Equals(CompilationShape? other) =>
        ReferenceEquals(this, other)
        || (
            other is not null
            && _assemblyName == other._assemblyName
            && _options == other._options
            && _references.SequenceEqual(other._references)
            && _trees.SequenceEqual(other._trees)
        );

    public override bool Equals(object? obj) => Equals(obj as CompilationShape);

    public override int GetHashCode() => _options.GetHashCode();

    /// <summary>A reference to an assembly or a project. Editors create a new project reference with every edit of that project.</summary>
    /// <param name="Identity">The identity of a reference to an assembly.</param>
    private sealed record ReferenceShape(long Identity, CompilationShape? Project, string Aliases, bool EmbedsTypes)
    {
        public static ReferenceShape Of(MetadataReference reference) =>
            reference is CompilationReference project
                ? new(
                    0,
                    CompilationShape.Of(project.Compilation),
                    string.Join(",", project.Properties.Aliases),
                    project.Properties.EmbedInteropTypes
                )
                : new(Shapes.Identity.Of(reference), null, "", false);
    }
}
