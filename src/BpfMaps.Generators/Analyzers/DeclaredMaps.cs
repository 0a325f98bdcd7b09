using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Analyzers;

/// <summary>The maps that a compilation declares, matched with objects by name.</summary>
internal sealed class DeclaredMaps
{
    private readonly List<DeclaredMap> _maps = [];
    private readonly List<(INamedTypeSymbol Type, string Path)> _objects = [];
    private readonly HashSet<ITypeSymbol> _inners = new(SymbolEqualityComparer.Default);

    private readonly ObjectLayouts _layouts;

    private DeclaredMaps(ObjectLayouts layouts) => _layouts = layouts;

    public static DeclaredMaps Find(Compilation compilation, ObjectLayouts layouts)
    {
        DeclaredMaps found = new(layouts);
        foreach (INamedTypeSymbol type in DeclarationFinder.Find(compilation, CancellationToken.None))
            found.Add(type, compilation);
        found._maps.Sort(static (left, right) => Compare(left.Place, right.Place));
        return found;
    }

    /// <summary>Gets the first declaration of a map of an object, in the order of files and lines.</summary>
    public DeclaredMap? FirstOf(ObjectLayout layout) =>
        layout.File is { } file ? _maps.FirstOrDefault(d => file.Maps.Any(m => Means(d, layout, m))) : null;

    /// <summary>Gets the first declaration of a map of an object; not the class of the object.</summary>
    public DeclaredMap? FirstOf(ObjectLayout layout, LayoutMap map) => _maps.Find(d => Means(d, layout, map));

    /// <summary>Gets the first class for an object.</summary>
    public INamedTypeSymbol? ClassOf(ObjectLayout layout) => _objects.Find(o => Names(o.Path, layout)).Type;

    /// <summary>Gets whether a map is declared, either itself or through a class for its object.</summary>
    public bool Includes(ObjectLayout layout, LayoutMap map) => ClassOf(layout) is not null || FirstOf(layout, map) is not null;

    /// <summary>Gets whether a declaration describes the inner maps of another one. Objects do not contain such maps.</summary>
    public bool IsInner(INamedTypeSymbol declaration) => _inners.Contains(declaration);

    private void Add(INamedTypeSymbol type, Compilation compilation)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (
                attribute.AttributeClass is { Name: "BpfObjectAttribute", ContainingNamespace: { Name: SymbolFacts.RuntimeNamespace } }
                && attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string path }
            )
                _objects.Add((type, path));
        }
        if (type.FindMapAttribute() is not { } data)
            return;
        MapAttribute arguments = new(data, CancellationToken.None);
        if (arguments.Inner is { } inner)
            _inners.Add(inner);
        Location? place = type.Locations.FirstOrDefault(l => l.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree));
        if (place is not null)
            _maps.Add(new(type, arguments.Name ?? MapNames.FromTypeName(type.Name), arguments.Object, place));
    }

    private bool Means(DeclaredMap declared, ObjectLayout layout, LayoutMap map) =>
        (declared.Object is null || Names(declared.Object, layout)) && layout.File?.FindMap(declared.Name)?.Name == map.Name;

    private bool Names(string name, ObjectLayout layout) => _layouts.Named(name).Contains(layout);

    private static int Compare(Location left, Location right)
    {
        int files = string.CompareOrdinal(left.SourceTree!.FilePath, right.SourceTree!.FilePath);
        return files != 0 ? files : left.SourceSpan.Start.CompareTo(right.SourceSpan.Start);
    }
}
