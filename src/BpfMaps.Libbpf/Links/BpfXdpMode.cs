namespace BpfMaps;

/// <summary>Where an XDP program runs.</summary>
public enum BpfXdpMode
{
    /// <summary>In the driver if it supports XDP, otherwise in the network stack.</summary>
    Default = 0,

    /// <summary>In the network stack, after the packet was copied into a socket buffer. Works on every interface, but is slower.</summary>
    Generic = 1 << 1,

    /// <summary>In the driver; fails with EOPNOTSUPP if it does not support XDP.</summary>
    Driver = 1 << 2,

    /// <summary>
    /// On the network card. The program must have been loaded for it, see <see cref="BpfObjectProgram.OffloadInterface"/>.
    /// </summary>
    Offload = 1 << 3,
}
