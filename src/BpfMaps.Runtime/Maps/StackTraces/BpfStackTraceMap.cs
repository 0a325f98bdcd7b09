using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Stack traces as addresses (BPF_MAP_TYPE_STACK_TRACE, Linux 4.6).</summary>
/// <inheritdoc cref="BpfStackTraces{TFrame}" path="/remarks"/>
public abstract class BpfStackTraceMap : BpfStackTraces<ulong>
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys do not have 4 bytes, or the values are not frames.</exception>
    protected BpfStackTraceMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    private protected override bool IsFrame(in ulong frame) => frame != 0;
}
