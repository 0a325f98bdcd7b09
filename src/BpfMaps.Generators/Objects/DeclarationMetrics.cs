namespace BpfMaps.Generators.Objects;

/// <summary>Metrics for the declarations of an object.</summary>
/// <param name="Maps">Attributes of the class of a map, by the name of the map.</param>
/// <param name="Fields">The attribute of a field, by the token of its struct and its C name.</param>
/// <param name="Classes">Further classes, by name.</param>
/// <param name="Unsupported">What could not be translated.</param>
internal sealed record DeclarationMetrics(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Maps,
    IReadOnlyDictionary<(string Struct, string Field), string> Fields,
    IReadOnlyDictionary<string, string> Classes,
    IReadOnlyList<string> Unsupported
)
{
    /// <summary>Names that the attributes use, which types of the object must not have.</summary>
    public static readonly IReadOnlyList<string> UsedNames =
    [
        "BitConverter",
        "BpfBucket",
        "BpfBuckets",
        "BpfBucketAttribute",
        "BpfCounter",
        "BpfCounterAttribute",
        "BpfHistogram",
        "BpfHistogramAttribute",
        "BpfLabel",
        "BpfLabelAttribute",
        "CgroupPathDecoder",
        "DeviceDecoder",
        "DnsNameDecoder",
        "ErrnoDecoder",
        "HexDecoder",
        "IBpfLabelDecoder",
        "IPAddressDecoder",
        "InterfaceNameDecoder",
        "KernelSymbolDecoder",
        "ReadOnlySpan",
        "Span",
        "SystemCallDecoder",
        "TextDecoder",
    ];
}
