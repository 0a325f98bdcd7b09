namespace BpfMaps;

/// <summary>The direction of the packets that a traffic control program sees.</summary>
public enum BpfTcDirection
{
    /// <summary>Incoming packets.</summary>
    Ingress = 1,

    /// <summary>Outgoing packets.</summary>
    Egress = 2,
}
