using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Shapes;

/// <summary>All of a compilation that the parse of a declaration can depend on: what the files declare, in their order, the references and the options.</summary>
/// <remarks>
/// A type in another file may be a field's, or a constant in it an array's length; one in a nearer namespace captures a name that meant another before. So
/// a declaration depends on all declarations of all files, and on nothing of what their code does (<see cref="CodeBody"/>).
/// <para>The pipeline keeps the first of those that are equal for as long as they are, so a shape keeps neither the compilation alive nor anything of it.</para>
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
        // Of another language, and of a script, nothing is known of what counts.
        bool isKnown = compilation is CSharpCompilation { ScriptCompilationInfo: null };
        _options = Identity.Of(isKnown ? compilation.Options : compilation);
        _trees = isKnown ? [.. compilation.SyntaxTrees.Select(TreeShape.Of)] : [];
        _references = isKnown ? [.. compilation.References.Select(ReferenceShape.Of)] : [];
    }

    public static CompilationShape Of(Compilation compilation) => s_known.GetValue(compilation, static c => new(c));

    /// <summary>The compilation. In a pipeline, what follows runs at once where the shape is new, while the compilation is there, and not at all where it is not.</summary>
    public Compilation Compilation =>
        _compilation.TryGetTarget(out Compilation? found) ? found : throw new InvalidOperationException("The compilation is read after the run that it belongs to.");

    public bool Equals(CompilationShape? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _assemblyName == other._assemblyName && _options == other._options && _references.SequenceEqual(other._references) && _trees.SequenceEqual(other._trees));

    public override bool Equals(object? obj) => Equals(obj as CompilationShape);

    public override int GetHashCode() => _options.GetHashCode();

    /// <summary>A reference to another assembly, or to another project: an editor makes a new one of the latter with every edit there.</summary>
    /// <param name="Identity">That of the reference to an assembly.</param>
    private sealed record ReferenceShape(long Identity, CompilationShape? Project, string Aliases, bool EmbedsTypes)
    {
        public static ReferenceShape Of(MetadataReference reference) => reference is CompilationReference project
            ? new(0, CompilationShape.Of(project.Compilation), string.Join(",", project.Properties.Aliases), project.Properties.EmbedInteropTypes)
            : new(Shapes.Identity.Of(reference), null, "", false);
    }
}
