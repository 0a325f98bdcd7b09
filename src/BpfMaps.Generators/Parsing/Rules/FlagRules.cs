using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for flags at creation (<c>*_map_alloc_check</c>, <c>bpf_map_flags_access_ok</c>).</summary>
internal static class FlagRules
{
    /// <returns>The flags to create the map with.</returns>
    public static BpfMapFlags Check(MapDeclaration declaration)
    {
        MapTypeFacts kind = declaration.Kind;
        BpfMapFlags required = kind.RequiredFlags;
        if (declaration.Attribute.Flags is not { } given)
            return required;

        // A token authorizes the creation of any map type; the kernel removes the flag before the map type checks the others.
        BpfMapFlags refused = given & ~(kind.Flags | BpfMapFlags.Token);
        if (refused != BpfMapFlags.None)
        {
            BpfMapFlags rest = given & ~refused;
            Report(declaration, DeclarationDescriptors.FlagsRefused, rest, kind.Type.ToString(), refused.Names(), kind.Flags.Names());
        }
        if (WhyContradictory(kind, given) is { } reason)
            Report(declaration, DeclarationDescriptors.FlagsContradictory, given | required, declaration.Target.MessageName(), reason);
        return given | required;
    }

    private static string? WhyContradictory(MapTypeFacts kind, BpfMapFlags flags)
    {
        if (Has(flags, BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly))
            return "ReadOnly and WriteOnly together leave user space no access; remove one of them";
        if (Has(flags, BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram))
            return "ReadOnlyProgram and WriteOnlyProgram together leave programs no access; remove one of them";
        if (kind.RequiredFlags != BpfMapFlags.None && flags == BpfMapFlags.None)
            return $"{(kind.Type == BpfMapType.LpmTrie ? "a trie requires" : kind.Type + " maps require")} {kind.RequiredFlags}, but Flags is None; remove Flags, and the flag is set automatically";
        return null;
    }

    private static bool Has(BpfMapFlags flags, BpfMapFlags all) => (flags & all) == all;

    private static void Report(MapDeclaration declaration, DiagnosticDescriptor descriptor, BpfMapFlags better, params string[] arguments)
    {
        string? value = better == BpfMapFlags.None ? null : better.ToCode();
        declaration.Reporter.Error(
            descriptor,
            declaration.Attribute.LocationOfValue("Flags"),
            DiagnosticProperties.Of((DiagnosticProperties.Argument, "Flags"), (DiagnosticProperties.ArgumentValue, value)),
            arguments
        );
    }
}
