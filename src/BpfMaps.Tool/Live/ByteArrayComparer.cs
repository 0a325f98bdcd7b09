using System.Diagnostics.CodeAnalysis;

namespace BpfMaps.Tool.Live;

/// <summary>Compares keys by their bytes.</summary>
internal sealed class ByteArrayComparer : IEqualityComparer<byte[]>
{
    public static ByteArrayComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj)
    {
        HashCode hash = new();
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }
}
