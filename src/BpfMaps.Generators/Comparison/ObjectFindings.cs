using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Comparison;

/// <summary>Diagnostics of a class with <c>[BpfObject]</c> whose object is known.</summary>
internal static class ObjectFindings
{
    public static IEnumerable<Diagnostic> Of(ISymbol target, ObjectSpec spec, ObjectLayout layout, Location place)
    {
        if (layout.File is not { } file)
            yield break;
        string name = target.MessageName();
        foreach (string refusal in file.Refusals)
            yield return Diagnostic.Create(ObjectTypeDescriptors.ObjectRefused, place, spec.Path, name, refusal);
        foreach (LayoutMap map in file.Maps.SelectMany(static m => m.Inner is { } inner ? new[] { m, inner } : [m]))
        {
            foreach (string refusal in map.Refusals)
                yield return Diagnostic.Create(ObjectTypeDescriptors.ObjectRefused, place, spec.Path, name, $"map '{map.Name}': {refusal}");
        }
        List<string> wanted = [];
        foreach (string type in spec.Types)
        {
            List<LayoutType> found = [.. LayoutTypeFinder.Find(file, type)];
            if (found.Count == 0 && type != LayoutTypeFinder.All)
                yield return Diagnostic.Create(
                    ObjectTypeDescriptors.TypeNotInObject,
                    place,
                    name,
                    type,
                    layout.Name,
                    LayoutTypeFinder.Hint(file, type)
                );
            wanted.AddRange(found.Select(static t => t.Token));
        }
        IEnumerable<string> used = file
            .Maps.SelectMany(TruncatedEnums.ElementsOf)
            .Concat(file.Sections.SelectMany(static s => s.Variables).Select(static v => v.Type.Element));
        foreach (LayoutType type in TruncatedEnums.In(layout.Types, used.Concat(wanted)))
            yield return Diagnostic.Create(ObjectTypeDescriptors.EnumIsCut, place, name, type.Name, layout.Name, type.Remark);
    }
}
