namespace BpfMaps;

/// <summary>
/// Decodes system call numbers of the architecture of this machine to names: <c>read</c>. Supports x86-64, arm64, riscv64 and loongarch64.
/// </summary>
public sealed class SystemCallDecoder : IBpfLabelDecoder<uint>, IBpfLabelDecoder<int>, IBpfLabelDecoder<ulong>, IBpfLabelDecoder<long>
{
    /// <inheritdoc/>
    public string? Decode(uint value) => Decode((ulong)value);

    /// <inheritdoc/>
    public string? Decode(int value) => Decode((ulong)value);

    /// <inheritdoc/>
    public string? Decode(long value) => Decode((ulong)value);

    /// <inheritdoc/>
    public string? Decode(ulong value) => SystemCalls.NameOf(value);
}
