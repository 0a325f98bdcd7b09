using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>The C# types of a map of an object.</summary>
/// <param name="Key">The C# type of the key; <see langword="null"/> for map types without keys.</param>
/// <param name="Prefix">For tries, the type of the data after the prefix length.</param>
/// <param name="Value">The C# type of the value; <see langword="null"/> for map types without declared values.</param>
internal sealed record ObjectMapTypes(
    MapTypeFacts Kind,
    string BaseClass,
    string? Key,
    string? Prefix,
    TypeLayout? KeyLayout,
    string? Value,
    LayoutTypeUse? ValueUse,
    TypeLayout? ValueLayout
)
{
    /// <summary>Whether it is a stream whose record type the object does not define.</summary>
    public bool HoldsBytes { get; init; }

    /// <summary>The size of values that are not declared, if the kernel allows several sizes and the object chooses one.</summary>
    public int? ValueSize { get; init; }

    /// <summary>For maps of maps, the types of the inner maps.</summary>
    public ObjectMapTypes? Inner { get; init; }

    /// <summary>Gets the type arguments of the base class.</summary>
    /// <param name="innerClass">The class of the inner maps, for maps of maps.</param>
    public EquatableArray<string> BaseTypeArguments(string? innerClass)
    {
        string? key = Kind.Keys switch
        {
            MapKeyRule.Any or MapKeyRule.CgroupStorage => Key,
            MapKeyRule.Prefix => Prefix,
            _ => null,
        };
        return new[] { key, Value ?? innerClass }.OfType<string>().ToEquatableArray();
    }
}
