namespace BpfMaps;

/// <summary>Stack traces as addresses (BPF_MAP_TYPE_STACK_TRACE, Linux 4.6).</summary>
/// <inheritdoc cref="BpfStackTraces{TFrame}" path="/remarks"/>
public abstract class BpfStackTraceMap : BpfStackTraces<ulong>
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys have not 4 bytes, or the values are no frames.</exception>
#pragma warning disable RS0022 // The common base is not for deriving from; this class is.
    protected BpfStackTraceMap(RawMap raw, BpfMapSchema schema)
#pragma warning restore RS0022
        : base(raw, schema)
    {
    }

    private protected override bool IsFrame(in ulong frame) => frame != 0;
}
