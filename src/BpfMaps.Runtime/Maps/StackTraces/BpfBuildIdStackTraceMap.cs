using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Stack traces of user code as offsets in files (BPF_MAP_TYPE_STACK_TRACE with BPF_F_STACK_BUILD_ID, Linux 4.17). <c>bpf_get_stackid</c>
/// requires BPF_F_USER_STACK.
/// </summary>
/// <inheritdoc cref="BpfStackTraces{TFrame}" path="/remarks"/>
public abstract class BpfBuildIdStackTraceMap : BpfStackTraces<BpfStackBuildId>
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys do not have 4 bytes, or the values are not frames.</exception>
    protected BpfBuildIdStackTraceMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    private protected override bool IsFrame(in BpfStackBuildId frame) => frame.Status != BpfStackBuildIdStatus.Empty;
}
