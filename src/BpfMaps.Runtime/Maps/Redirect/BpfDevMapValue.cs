using System.Diagnostics;

namespace BpfMaps;

/// <summary>The target of packets that are redirected to a network interface (<c>struct bpf_devmap_val</c>).</summary>
[DebuggerDisplay("interface {InterfaceIndex}, program {ProgramId}")]
public readonly struct BpfDevMapValue
{
    internal BpfDevMapValue(int interfaceIndex, uint programId) => (InterfaceIndex, ProgramId) = (interfaceIndex, programId);

    /// <summary>Gets the index of the interface.</summary>
    public int InterfaceIndex { get; }

    /// <summary>Gets the id of the XDP program that is run on the packets on egress (Linux 5.8), or 0.</summary>
    public uint ProgramId { get; }
}
