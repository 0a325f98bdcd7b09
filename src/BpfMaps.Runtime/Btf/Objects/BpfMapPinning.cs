namespace BpfMaps.Metadata;

/// <summary>Specifies whether a loader pins a map (<c>enum libbpf_pin_type</c>).</summary>
public enum BpfMapPinning
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>Pins the map under its name in the directory of the loader, by default /sys/fs/bpf (LIBBPF_PIN_BY_NAME).</summary>
    ByName = 1,
}
