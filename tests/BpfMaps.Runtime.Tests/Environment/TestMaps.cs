using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Short ways to say which map a test wants, and to write keys and values.</summary>
internal static class TestMaps
{
    public static RawMap Create(
        BpfMapType type, int keySize = 4, int valueSize = 8, uint maxEntries = 16, BpfMapFlags flags = BpfMapFlags.None, string? name = "test")
    {
        Require.Kernel();
        if (type == BpfMapType.LpmTrie)
            flags |= BpfMapFlags.NoPrealloc;
        return RawMap.Create(new BpfMapSpec { Type = type, Name = name, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries, Flags = flags });
    }

    public static byte[] Bytes<T>(T value)
        where T : unmanaged
    {
        byte[] bytes = new byte[Marshal.SizeOf<T>()];
        MemoryMarshal.Write(bytes, value);
        return bytes;
    }

    /// <summary>A key of any size that is different for every number below 256 to the power of its size.</summary>
    public static byte[] Key(int size, uint number)
    {
        byte[] key = new byte[size];
        for (int i = 0; i < Math.Min(size, sizeof(uint)); i++)
            key[i] = (byte)(number >> (8 * i));
        return key;
    }

    /// <summary>Runs an operation that the kernel refuses, and gives the error number.</summary>
    public static int Errno(Action operation) => Assert.ThrowsAny<BpfException>(operation).Errno;
}
