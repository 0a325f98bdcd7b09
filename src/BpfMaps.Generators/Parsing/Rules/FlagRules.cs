using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for flags at creation (<c>*_map_alloc_check</c>, <c>bpf_map_flags_access_ok</c>).</summary>
internal static class FlagRules
{
    /// <returns>The flags to create the map with.</returns>
    public static MapFlags Check(MapDeclaration declaration)
    {
        MapKind kind = declaration.Kind;
        MapFlags required = kind.RequiredFlags;
        if (declaration.Attribute.Flags is not { } given)
            return required;

        // A token authorizes the creation of any map type; the kernel removes the flag before the map type checks the others.
        MapFlags refused = given & ~(kind.Flags | MapFlags.Token);
        if (refused != MapFlags.None)
        {
            MapFlags rest = given & ~refused;
            Report(declaration, DeclarationDescriptors.FlagsRefused, rest, kind.Type.ToString(), refused.Names(), kind.Flags.Names());
        }
        if (WhyContradictory(kind, given) is { } reason)
            Report(declaration, DeclarationDescriptors.FlagsContradictory, given | required, declaration.Target.MessageName(), reason);
        return given | required;
    }

    private static string? WhyContradictory(MapKind kind, MapFlags flags)
    {
        if (Has(flags, MapFlags.ReadOnly | MapFlags.WriteOnly))
            return "ReadOnly and WriteOnly together leave user space no access; remove one of them";
        if (Has(flags, MapFlags.ReadOnlyProgram | MapFlags.WriteOnlyProgram))
            return "ReadOnlyProgram and WriteOnlyProgram together leave programs no access; remove one of them";
        if (kind.RequiredFlags != MapFlags.None && flags == MapFlags.None)
            return $"{(kind.Type == MapType.LpmTrie ? "a trie requires" : kind.Type + " maps require")} {kind.RequiredFlags}, but Flags is None; remove Flags, and the flag is set automatically";
        return null;
    }

    private static bool Has(MapFlags flags, MapFlags all) => (flags & all) == all;

    private static void Report(MapDeclaration declaration, DiagnosticDescriptor descriptor, MapFlags better, params string[] arguments)
    {
        string? value = better == MapFlags.None ? null : better.ToCode();
        declaration.Reporter.Error(
            descriptor,
            declaration.Attribute.LocationOfValue("Flags"),
            DiagnosticProperties.Of((DiagnosticProperties.Argument, "Flags"), (DiagnosticProperties.ArgumentValue, value)),
            arguments
        );
    }
}
