using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Where the kernel finds a <c>bpf_spin_lock</c> (<c>btf_parse_fields</c>, <c>map_check_btf</c>).</summary>
internal static class SpinLockRules
{
    public static bool Contains(TypeLayout layout) => Count(layout) > 0;

    public static void CheckValue(MapDeclaration declaration, TypeLayout value, Location place)
    {
        int count = Count(value);
        if (count == 0)
            return;
        string? reason = null;
        if (!declaration.Kind.TakesSpinLock)
            reason = $"the kernel takes locks in values of Hash and Array maps and of storages, not in those of {declaration.Kind.Type} maps";
        else if (count > 1)
            reason = "a value has at most one lock";
        else if (!value.Fields.Any(static f => f.Count == 0 && PrimitiveLayouts.IsSpinLock(f.Type)))
            reason = "it is a field of a field: the lock must be a field of the value itself";
        if (reason is not null)
            declaration.Reporter.Error(DeclarationDescriptors.SpinLockMisplaced, place, value.DisplayName, reason);
    }

    private static int Count(TypeLayout layout) =>
        PrimitiveLayouts.IsSpinLock(layout) ? 1 : layout.Fields.Sum(static f => Math.Min(Math.Max(f.Count, 1), 2) * Count(f.Type));
}
