using System.Collections.Immutable;
using System.Composition;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Declarations;

/// <summary>Changes the name of a map to the most similar valid name that no other map has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameFixProvider)), Shared]
internal sealed class NameFixProvider : RepairProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.NameInvalid];

    public override IEnumerable<Repair> Propose(Site site)
    {
        if (
            MapArguments.AttributeAt(site) is not { Parent.Parent: TypeDeclarationSyntax target }
            || site.Compilation.GetSemanticModel(target.SyntaxTree).GetDeclaredSymbol(target, site.Cancellation) is not { } map
            || !NamesFor(site).TryGetValue(map, out string? name)
        )
        {
            return [];
        }
        return MapArguments.Set(site, "Name", $"\"{name}\"", $"Name the map '{name}'", nameof(NameFixProvider));
    }

    /// <summary>
    /// Chooses names for all maps with invalid names at once, because two long names may begin with the same 15 characters.
    /// </summary>
    private static Dictionary<INamedTypeSymbol, string> NamesFor(Site site)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<(INamedTypeSymbol Map, string Name)> refused = [];
        foreach (
            INamedTypeSymbol type in site
                .Compilation.GetSymbolsWithName(static _ => true, SymbolFilter.Type, site.Cancellation)
                .OfType<INamedTypeSymbol>()
        )
        {
            if (type.FindMapAttribute() is not { } attribute)
                continue;
            string name = new MapAttribute(attribute, site.Cancellation).Name ?? MapNames.FromTypeName(type.Name);
            if (MapNames.IsValid(name) && name.Length <= KernelLimits.LongestName)
                taken.Add(name);
            else
                refused.Add((type, name));
        }
        Dictionary<INamedTypeSymbol, string> names = new(SymbolEqualityComparer.Default);
        foreach ((INamedTypeSymbol map, string name) in refused.OrderBy(static r => r.Map.MetadataFullName(), StringComparer.Ordinal))
        {
            string free = FreeName(MapNames.Nearest(name), taken);
            taken.Add(free);
            names.Add(map, free);
        }
        return names;
    }

    private static string FreeName(string nearest, HashSet<string> taken)
    {
        string free = nearest;
        for (int number = 2; taken.Contains(free); number++)
        {
            string tail = "_" + number.Text();
            free = nearest.Substring(0, Math.Min(nearest.Length, KernelLimits.LongestName - tail.Length)).TrimEnd('_') + tail;
        }
        return free;
    }
}
