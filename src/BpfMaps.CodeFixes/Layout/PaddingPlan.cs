using System.Runtime.InteropServices;
using BpfMaps.CodeFixes.Repairs;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.CodeFixes.Layout;

/// <summary>The padding fields to insert into a struct.</summary>
/// <param name="Insertions">The indices of members in descending order, and the fields to insert there.</param>
internal sealed record PaddingPlan(IReadOnlyList<(int Place, IReadOnlyList<string> Fields)> Insertions)
{
    /// <returns>
    /// <see langword="null"/> if a gap cannot be filled, because its neighbors are in another part or in the same declaration.
    /// </returns>
    public static PaddingPlan? For(Site site, TypeDeclarationSyntax declaration, INamedTypeSymbol type)
    {
        if (LayoutOf(site, type) is not { IsComposite: true } layout)
            return null;
        StructLayoutInfo info = StructLayoutInfo.Read(type);
        bool isExplicit = info.Kind == LayoutKind.Explicit;
        HashSet<string> names = [.. type.MemberNames];
        List<(int Place, IReadOnlyList<string> Fields)> insertions = [];
        foreach (Gap gap in Padding.Own(layout))
        {
            // With explicit layout, all fields go to the end; otherwise each goes after its neighbor.
            IFieldSymbol? neighbour = isExplicit
                ? info.Fields[info.Fields.Length - 1]
                : info.Fields.FirstOrDefault(f => LayoutParser.NameOf(f) == gap.After);
            if (neighbour is null || PlaceAfter(neighbour, declaration, site.Cancellation) is not { } place)
                return null;
            insertions.Add(
                (
                    place,
                    [
                        .. PaddingFields
                            .Fill(gap.Offset, gap.Length, layout.Alignment)
                            .Select(f =>
                                Field(PaddingFields.TypeOf(f.Size), PaddingFields.TakeName(names.Add), isExplicit ? f.Offset : null)
                            ),
                    ]
                )
            );
        }
        // In descending order, so that insertions do not move later indices. Fields at the same index keep their order.
        return new([
            .. insertions
                .GroupBy(static i => i.Place)
                .OrderByDescending(static g => g.Key)
                .Select(static g => (g.Key, (IReadOnlyList<string>)[.. g.SelectMany(static i => i.Fields)])),
        ]);
    }

    public TypeDeclarationSyntax ApplyTo(TypeDeclarationSyntax declaration)
    {
        foreach ((int place, IReadOnlyList<string> fields) in Insertions)
            declaration = declaration.Insert(place, fields);
        return declaration;
    }

    private static TypeLayout? LayoutOf(Site site, INamedTypeSymbol type)
    {
        IAssemblySymbol? runtime = site.Compilation.GetTypeByMetadataName(SymbolFacts.MapAttribute)?.ContainingAssembly;
        Reporter silent = new(site.Compilation, Location.None, listener: null);
        return runtime is null ? null : new LayoutParser(runtime, silent, site.Cancellation).Parse(type, Location.None);
    }

    private static int? PlaceAfter(IFieldSymbol field, TypeDeclarationSyntax declaration, CancellationToken cancellation)
    {
        ISymbol declared = field.AssociatedSymbol ?? field;
        SyntaxNode? syntax = declared.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        // The fields of record parameters come before all others, so fields can only be inserted after the last of them.
        if (syntax is ParameterSyntax { Parent: ParameterListSyntax { Parent: var owner, Parameters: var parameters } } parameter)
            return owner == declaration && parameters[parameters.Count - 1] == parameter ? 0 : null;
        // Two fields of one declaration have a gap only if the size of their type is not a multiple of its alignment.
        if (
            syntax is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables: var variables } } variable
            && variables[variables.Count - 1] != variable
        )
            return null;
        MemberDeclarationSyntax? member = syntax?.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        int index = member is null ? -1 : declaration.Members.IndexOf(member);
        return index < 0 ? null : index + 1;
    }

    private static string Field(string type, string name, int? offset) =>
        offset is { } at
            ? $"[global::System.Runtime.InteropServices.FieldOffset({at.Text()})] private {type} {name};"
            : $"private {type} {name};";
}
