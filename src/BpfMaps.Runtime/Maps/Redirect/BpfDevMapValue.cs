namespace BpfMaps;

/// <summary>The target of packets that are redirected to a network interface (<c>struct bpf_devmap_val</c>).</summary>
public readonly struct BpfDevMapValue
{
    internal BpfDevMapValue(int interfaceIndex, uint programId) => (InterfaceIndex, ProgramId) = (interfaceIndex, programId);

    /// <summary>Gets the index of the interface.</summary>
    public int InterfaceIndex { get; }

    /// <summary>Gets the id of the XDP program that is run on the packets on egress (Linux 5.8); 0 if there is none.</summary>
    public uint ProgramId { get; }

    /// <summary>Returns both values as text, for messages.</summary>
    public override string ToString() => $"interface {InterfaceIndex}, program {ProgramId}";
}
