using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Short ways to say which map of the <see cref="TestHost"/> a test wants, and to write keys and values.</summary>
internal static class TestMaps
{
    public static RawMap Create(
        BpfMapType type, int keySize = 4, int valueSize = 8, uint maxEntries = 16, BpfMapFlags flags = BpfMapFlags.None, string? name = "test", BpfHost? host = null)
    {
        if (type == BpfMapType.LpmTrie)
            flags |= BpfMapFlags.NoPrealloc;
        return Create(new BpfMapSpec { Type = type, Name = name, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries, Flags = flags }, host);
    }

    public static RawMap Create(BpfMapSpec spec, BpfHost? host = null) => RawMap.Create(spec, host ?? TestHost.Current);

    public static RawMap OpenById(uint id, BpfMapAccess access = BpfMapAccess.ReadWrite) => RawMap.OpenById(id, TestHost.Current, access);

    public static RawMap OpenPinned(string path, BpfMapAccess access = BpfMapAccess.ReadWrite) => RawMap.OpenPinned(path, access, TestHost.Current);

    public static RawMap FromFileDescriptor(int descriptor) => RawMap.FromFileDescriptor(descriptor, TestHost.Current);

    public static IEnumerable<BpfMapInfo> EnumerateLoaded() => RawMap.EnumerateLoaded(TestHost.Current);

    /// <summary>The number of a map's descriptor, as its bytes.</summary>
    public static byte[] DescriptorOf(RawMap map) => Bytes((int)map.Handle.DangerousGetHandle());

    public static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();

    /// <summary>A key of any size that is different for every number below 256 to the power of its size.</summary>
    public static byte[] Key(int size, uint number)
    {
        byte[] key = new byte[size];
        for (int i = 0; i < Math.Min(size, sizeof(uint)); i++)
            key[i] = (byte)(number >> (8 * i));
        return key;
    }

    /// <summary>Creates a map past the checks of <see cref="RawMap"/>, and gives what the host answers.</summary>
    public static int CreateErrno(
        BpfMapType type, uint keySize = 4, uint valueSize = 8, uint maxEntries = 16, BpfMapFlags flags = BpfMapFlags.None, string name = "", SafeHandle? innerMap = null)
    {
        BpfMapCreateArguments arguments = new()
        {
            Type = type,
            KeySize = keySize,
            ValueSize = valueSize,
            MaxEntries = maxEntries,
            Flags = flags,
            Name = System.Text.Encoding.ASCII.GetBytes(name),
            InnerMap = innerMap,
        };
        int errno = TestHost.Current.CreateMap(arguments, out SafeHandle? map);
        map?.Dispose();
        return errno;
    }

    /// <summary>Fills a hash, array or trie with the keys 0 to <paramref name="count"/> - 1, each with its number as the value.</summary>
    public static void Fill(RawMap map, uint count)
    {
        for (uint number = 0; number < count; number++)
        {
            byte[] key = map.Type == BpfMapType.LpmTrie ? [.. Bytes((map.KeySize - 4) * 8), .. Key(map.KeySize - 4, number)] : Key(map.KeySize, number);
            Assert.Equal(BpfUpdateResult.Ok, Put(map, key, number));
        }
    }

    /// <summary>Writes a number as the value of a key, on every CPU for per-CPU kinds.</summary>
    public static BpfUpdateResult Put(RawMap map, ReadOnlySpan<byte> key, uint number) => map.PerCpuValueSize != 0
        ? map.UpdatePerCpu(key, PerCpuValue(map, number))
        : map.Update(key, Key(map.ValueSize, number));

    /// <summary>The values of an element of a per-CPU map: each CPU's begins with the number plus the CPU's place, and the padding is zero.</summary>
    public static byte[] PerCpuValue(RawMap map, uint number)
    {
        byte[] values = new byte[map.PerCpuValueSize];
        for (int cpu = 0; cpu < values.Length / map.PerCpuStride; cpu++)
            Key(map.ValueSize, number + (uint)cpu).CopyTo(values, cpu * map.PerCpuStride);
        return values;
    }

    /// <summary>Waits until no map has an id: the kernel frees maps a little after the last descriptor.</summary>
    public static void AwaitGone(uint id)
    {
        while (EnumerateLoaded().Any(info => info.Id == id))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Whether a pin can be opened.</summary>
    public static bool IsPinned(string path)
    {
        string answer = Answer.Of(() =>
        {
            OpenPinned(path).Dispose();
            return Answer.Ok;
        });
        Assert.True(answer is Answer.Ok or "ENOENT", $"Opening the pin '{path}' came to {answer}.");
        return answer == Answer.Ok;
    }

    /// <summary>Runs an operation that the host refuses, and gives the error number.</summary>
    public static int Errno(Action operation) => Assert.ThrowsAny<BpfException>(operation).Errno;
}
