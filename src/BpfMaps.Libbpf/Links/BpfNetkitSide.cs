namespace BpfMaps;

/// <summary>The side of a netkit pair whose transmitted packets a program sees. Programs are attached through the primary device.</summary>
public enum BpfNetkitSide
{
    /// <summary>The primary device, usually in the host's network namespace.</summary>
    Primary = 54,

    /// <summary>The peer device, usually in a container's network namespace.</summary>
    Peer = 55,
}
