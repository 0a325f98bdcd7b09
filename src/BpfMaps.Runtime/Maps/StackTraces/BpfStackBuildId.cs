using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// A frame of a user stack as an offset in a file, which remains valid after the process ends (<c>struct bpf_stack_build_id</c>, Linux
/// 4.17).
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
public readonly struct BpfStackBuildId
{
    internal const int Size = KernelLimits.BuildIdSize;

    [FieldOffset(0)]
    private readonly int _status;

    [FieldOffset(4)]
    private readonly BuildIdBytes _buildId;

    [FieldOffset(24)]
    private readonly ulong _place;

    /// <summary>Gets the information that the kernel has about the frame.</summary>
    public BpfStackBuildIdStatus Status => (BpfStackBuildIdStatus)_status;

    /// <summary>
    /// Gets the offset of the frame in the file; 0 unless <see cref="Status"/> is <see cref="BpfStackBuildIdStatus.Valid"/>.
    /// </summary>
    public ulong Offset => Status == BpfStackBuildIdStatus.Valid ? _place : 0;

    /// <summary>
    /// Gets the address of the frame in the process; 0 unless <see cref="Status"/> is <see cref="BpfStackBuildIdStatus.Address"/>.
    /// </summary>
    public ulong Address => Status == BpfStackBuildIdStatus.Address ? _place : 0;

    /// <summary>
    /// Copies the build id of the file: 20 bytes, with zeros after a shorter id. All zeros unless <see cref="Status"/> is
    /// <see cref="BpfStackBuildIdStatus.Valid"/>.
    /// </summary>
    /// <param name="destination">At least 20 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyBuildId(Span<byte> destination) => ((ReadOnlySpan<byte>)_buildId).CopyTo(destination);

    /// <summary>Returns the build id in hexadecimal, like <c>readelf -n</c>, and the offset; or the address.</summary>
    public override string ToString() =>
        Status switch
        {
            BpfStackBuildIdStatus.Valid => $"{Convert.ToHexStringLower(_buildId)}+0x{_place:x}",
            BpfStackBuildIdStatus.Address => $"0x{_place:x}",
            _ => "",
        };

    [InlineArray(20)]
    private struct BuildIdBytes
    {
        private byte _first;
    }
}
