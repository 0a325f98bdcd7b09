using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>What the kernel could tell of a frame (<c>enum bpf_stack_build_id_status</c>).</summary>
public enum BpfStackBuildIdStatus
{
    /// <summary>There is no such frame: the stack ends before it.</summary>
    Empty = 0,

    /// <summary>The build id of the file, and the offset in it.</summary>
    Valid = 1,

    /// <summary>The file's build id could not be read: only the address is known.</summary>
    Address = 2,
}

/// <summary>A frame of a user's stack as a place in a file, which stays right when the process is gone (<c>struct bpf_stack_build_id</c>, Linux 4.17).</summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
public readonly struct BpfStackBuildId
{
    internal const int Size = 32;

    [FieldOffset(0)] private readonly int _status;
    [FieldOffset(4)] private readonly BuildIdBytes _buildId;
    [FieldOffset(24)] private readonly ulong _place;

    /// <summary>What is known of the frame.</summary>
    public BpfStackBuildIdStatus Status => (BpfStackBuildIdStatus)_status;

    /// <summary>Where the frame is in the file, in bytes; 0 unless <see cref="Status"/> is <see cref="BpfStackBuildIdStatus.Valid"/>.</summary>
    public ulong Offset => Status == BpfStackBuildIdStatus.Valid ? _place : 0;

    /// <summary>The frame's address in the process; 0 unless <see cref="Status"/> is <see cref="BpfStackBuildIdStatus.Address"/>.</summary>
    public ulong Address => Status == BpfStackBuildIdStatus.Address ? _place : 0;

    /// <summary>Copies the file's build id: 20 bytes, with zeroes behind a shorter one. Zeroes unless <see cref="Status"/> is <see cref="BpfStackBuildIdStatus.Valid"/>.</summary>
    /// <param name="destination">At least 20 bytes.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public void CopyBuildId(Span<byte> destination) => ((ReadOnlySpan<byte>)_buildId).CopyTo(destination);

    /// <summary>The build id in hexadecimal digits, as <c>readelf -n</c> shows it, and the offset; or the address.</summary>
    public override string ToString() => Status switch
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
