using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>
/// The arguments of a <c>[BpfMap]</c> for a map of an object. Values that the attribute rejects are omitted and left to the loader.
/// </summary>
internal static class DeclarationArguments
{
    /// <summary>Flags that are chosen when a map is created and are not part of its definition.</summary>
    private const BpfMapFlags NotDeclared = BpfMapFlags.NumaNode | BpfMapFlags.Token | BpfMapFlags.ValueTypeBtfObject;

    /// <param name="name">The name of the map in the declaration.</param>
    /// <param name="value">The C# type of the values.</param>
    public static List<string> Of(LayoutMap map, ObjectMapTypes types, string name, string? value)
    {
        MapTypeFacts kind = types.Kind;
        List<string> arguments = [$"Type = BpfMapType.{map.Type}"];
        if (kind.Keys is MapKeyRule.Any or MapKeyRule.CgroupStorage or MapKeyRule.Prefix)
            arguments.Add($"Key = typeof({types.Key})");
        if (value is not null)
            arguments.Add($"Value = typeof({value})");
        arguments.Add($"Name = {DocText.Literal(name)}");
        if (Capacity(kind, map.MaxEntries) is { } capacity)
            arguments.Add($"MaxEntries = {capacity.Text()}");
        if (Flags(kind, map.Flags) is { Length: > 0 } flags)
            arguments.Add("Flags = " + flags);
        if (map.MapExtra != 0 && IsTaken(kind.Type, map.MapExtra))
            arguments.Add($"MapExtra = {map.MapExtra.Text()}");
        if (types.ValueSize is { } size && KernelValues.WhyRefused(kind, map.Flags, size) is null)
            arguments.Add($"ValueSize = {size.Text()}");
        return arguments;
    }

    /// <summary>Gets the capacity as the loader adjusts it; <see langword="null"/> if it is chosen on creation.</summary>
    private static uint? Capacity(MapTypeFacts kind, uint given) =>
        kind switch
        {
            _ when given == 0 || kind.HasNoCapacity => null,
            { IsRing: true } => given <= RingSize.Largest ? RingSize.RoundUp(given, KernelLimits.SmallestPage) : null,
            { Type: BpfMapType.Arena } when given > KernelLimits.MostArenaPages => null,
            { IsHash: true } when given > KernelLimits.MostBuckets => null,
            _ => given,
        };

    private static string Flags(MapTypeFacts kind, BpfMapFlags given)
    {
        BpfMapFlags flags = given & kind.Flags & ~NotDeclared;
        if (
            Has(flags, BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly)
            || Has(flags, BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram)
        )
            return "";
        return flags.ToCode("BpfMapFlags.");
    }

    private static bool Has(BpfMapFlags flags, BpfMapFlags all) => (flags & all) == all;

    private static bool IsTaken(BpfMapType type, ulong mapExtra) =>
        type switch
        {
            BpfMapType.BloomFilter => mapExtra <= KernelLimits.MostHashFunctions,
            BpfMapType.Arena => mapExtra % KernelLimits.SmallestPage == 0,
            _ => false,
        };
}
