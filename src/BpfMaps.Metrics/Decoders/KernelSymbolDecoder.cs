namespace BpfMaps;

/// <summary>Decodes kernel addresses to the names of functions, as <see cref="KernelSymbols"/> finds them.</summary>
/// <remarks>
/// The symbols are read once, when the first address is decoded. The kernel shows addresses only with CAP_SYSLOG and
/// <c>kernel.kptr_restrict</c> less than 2; otherwise addresses are written as numbers.
/// </remarks>
public sealed class KernelSymbolDecoder : IBpfLabelDecoder<ulong>
{
    private readonly Lazy<KernelSymbols> _symbols = new(KernelSymbols.Load);

    /// <inheritdoc/>
    public string? Decode(ulong value) => _symbols.Value.TryFind(value, out BpfSymbol symbol) ? symbol.Name : null;
}
