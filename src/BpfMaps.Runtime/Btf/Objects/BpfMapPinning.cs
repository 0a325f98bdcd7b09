namespace BpfMaps.Metadata;

/// <summary>Whether and where a loader pins a map (<c>enum libbpf_pin_type</c>).</summary>
public enum BpfMapPinning
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>Under its name in the loader's directory, by default /sys/fs/bpf (LIBBPF_PIN_BY_NAME).</summary>
    ByName = 1,
}
