using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for <c>bpf_spin_lock</c> (<c>btf_parse_fields</c>, <c>map_check_btf</c>).</summary>
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
            reason = $"the kernel allows locks only in values of Hash, Array and storage maps, not of {declaration.Kind.Type} maps";
        else if (count > 1)
            reason = "a value can have at most one lock";
        else if (!value.Fields.Any(static f => f.Count == 0 && PrimitiveLayouts.IsSpinLock(f.Type)))
            reason = "the lock must be a direct field of the value";
        if (reason is not null)
            declaration.Reporter.Error(DeclarationDescriptors.SpinLockMisplaced, place, value.DisplayName, reason);
    }

    private static int Count(TypeLayout layout) =>
        PrimitiveLayouts.IsSpinLock(layout) ? 1 : layout.Fields.Sum(static f => Math.Min(Math.Max(f.Count, 1), 2) * Count(f.Type));
}
