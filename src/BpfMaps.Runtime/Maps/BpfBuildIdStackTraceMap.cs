using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Stack traces of users' code as places in files (BPF_MAP_TYPE_STACK_TRACE with BPF_F_STACK_BUILD_ID, Linux 4.17). <c>bpf_get_stackid</c> needs BPF_F_USER_STACK then.</summary>
/// <inheritdoc cref="BpfStackTraces{TFrame}" path="/remarks"/>
public abstract class BpfBuildIdStackTraceMap : BpfStackTraces<BpfStackBuildId>
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys have not 4 bytes, or the values are no frames.</exception>
    protected BpfBuildIdStackTraceMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    private protected override bool IsFrame(in BpfStackBuildId frame) => frame.Status != BpfStackBuildIdStatus.Empty;
}
