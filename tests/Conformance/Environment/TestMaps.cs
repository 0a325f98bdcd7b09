using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Creates maps of the <see cref="TestHost"/>, keys and values.</summary>
internal static class TestMaps
{
    public static RawMap Create(
        BpfMapType type,
        int keySize = 4,
        int valueSize = 8,
        uint maxEntries = 16,
        BpfMapFlags flags = BpfMapFlags.None,
        string? name = "test",
        BpfHost? host = null
    )
    {
        if (type == BpfMapType.LpmTrie)
            flags |= BpfMapFlags.NoPrealloc;
        return Create(
            new BpfMapSpec
            {
                Type = type,
                Name = name,
                KeySize = keySize,
                ValueSize = valueSize,
                MaxEntries = maxEntries,
                Flags = flags,
            },
            host
        );
    }

    /// <summary>Creates a map. Skips the test if the kernel is older than the map type.</summary>
    public static RawMap Create(BpfMapSpec spec, BpfHost? host = null)
    {
        TestHost.RequireFeature(KernelFeature.MapType(spec.Type));
        return RawMap.Create(spec, host ?? TestHost.Current);
    }

    public static RawMap OpenById(uint id, BpfMapAccess access = BpfMapAccess.ReadWrite) => RawMap.OpenById(id, access, TestHost.Current);

    public static RawMap OpenPinned(string path, BpfMapAccess access = BpfMapAccess.ReadWrite) =>
        RawMap.OpenPinned(path, access, TestHost.Current);

    public static RawMap FromFileDescriptor(int descriptor) => RawMap.FromFileDescriptor(descriptor, TestHost.Current);

    public static IEnumerable<BpfMapInfo> EnumerateLoaded() => RawMap.EnumerateLoaded(TestHost.Current);

    /// <summary>Gets the bytes of a map's descriptor number.</summary>
    public static byte[] DescriptorOf(RawMap map) => Bytes((int)map.Handle.DangerousGetHandle());

    public static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();

    /// <summary>Creates a key of any size, unique for every number below 256 to the power of its size.</summary>
    public static byte[] Key(int size, uint number)
    {
        byte[] key = new byte[size];
        for (int i = 0; i < Math.Min(size, sizeof(uint)); i++)
            key[i] = (byte)(number >> (8 * i));
        return key;
    }

    /// <summary>Creates the key of a number, as <see cref="Fill"/> does; for a trie, a prefix of full length.</summary>
    public static byte[] KeyOf(RawMap map, uint number) =>
        map.Type == BpfMapType.LpmTrie ? [.. Bytes((map.KeySize - 4) * 8), .. Key(map.KeySize - 4, number)] : Key(map.KeySize, number);

    /// <summary>Creates a map without the checks of <see cref="RawMap"/> and returns the host's error.</summary>
    public static int CreateErrno(BpfMapSpec spec)
    {
        TestHost.RequireFeature(KernelFeature.MapType(spec.Type));
        BpfMapCreateArguments arguments = new()
        {
            Type = spec.Type,
            KeySize = (uint)spec.KeySize,
            ValueSize = (uint)spec.ValueSize,
            MaxEntries = spec.MaxEntries,
            Flags = spec.Flags,
            Name = System.Text.Encoding.ASCII.GetBytes(spec.Name ?? ""),
            MapExtra = spec.MapExtra,
            InnerMap = spec.InnerMap?.Handle,
        };
        int errno = TestHost.Current.CreateMap(arguments, out SafeHandle? map);
        map?.Dispose();
        return errno;
    }

    /// <summary>Fills a hash, array or trie with the keys 0 to <paramref name="count"/> - 1, each with its number as the value.</summary>
    public static void Fill(RawMap map, uint count)
    {
        for (uint number = 0; number < count; number++)
            Assert.Equal(BpfUpdateResult.Ok, Put(map, KeyOf(map, number), number));
    }

    /// <summary>Writes a number as the value of a key; for per-CPU types, on every CPU.</summary>
    public static BpfUpdateResult Put(RawMap map, ReadOnlySpan<byte> key, uint number, BpfUpdateFlags flags = BpfUpdateFlags.Any) =>
        map.PerCpuValueSize != 0 ? map.UpdatePerCpu(key, Value(map, number), flags) : map.Update(key, Value(map, number), flags);

    /// <summary>Reads the number that <see cref="Put"/> wrote as the value of a key; <see langword="null"/> on a miss.</summary>
    public static uint? Get(RawMap map, ReadOnlySpan<byte> key, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        byte[] value = new byte[map.ElementValueSize];
        return (map.PerCpuValueSize != 0 ? map.TryLookupPerCpu(key, value, flags) : map.TryLookup(key, value, flags))
            ? Number(map, value)
            : null;
    }

    /// <summary>
    /// Reads and removes the number that <see cref="Put"/> wrote as the value of a key; <see langword="null"/> on a miss.
    /// </summary>
    public static uint? Take(RawMap map, ReadOnlySpan<byte> key, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        byte[] value = new byte[map.ElementValueSize];
        return (map.PerCpuValueSize != 0 ? map.TryLookupAndDeletePerCpu(key, value, flags) : map.TryLookupAndDelete(key, value, flags))
            ? Number(map, value)
            : null;
    }

    /// <summary>Creates a value as <see cref="Put"/> writes it.</summary>
    public static byte[] Value(RawMap map, uint number) => map.PerCpuValueSize != 0 ? PerCpuValue(map, number) : Key(map.ValueSize, number);

    /// <summary>Converts a value to its number; fails if <see cref="Put"/> never writes such a value.</summary>
    private static uint Number(RawMap map, byte[] value)
    {
        uint number = value.Length >= sizeof(uint) ? BitConverter.ToUInt32(value) : value[0];
        Assert.Equal(Value(map, number), value);
        return number;
    }

    /// <summary>
    /// Creates the values of an element of a per-CPU map: each CPU's value is the number plus the CPU's index, with zero padding.
    /// </summary>
    public static byte[] PerCpuValue(RawMap map, uint number)
    {
        byte[] values = new byte[map.PerCpuValueSize];
        for (int cpu = 0; cpu < values.Length / map.PerCpuStride; cpu++)
            Key(map.ValueSize, number + (uint)cpu).CopyTo(values, cpu * map.PerCpuStride);
        return values;
    }

    /// <summary>Waits until no map has an id: the kernel frees maps shortly after the last descriptor is closed.</summary>
    public static void AwaitGone(uint id)
    {
        while (EnumerateLoaded().Any(info => info.Id == id))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Returns whether a pin can be opened.</summary>
    public static bool IsPinned(string path)
    {
        string answer = Answer.Of(() =>
        {
            OpenPinned(path).Dispose();
            return Answer.Ok;
        });
        Assert.True(answer is Answer.Ok or "ENOENT", $"Opening the pin '{path}' returned {answer}.");
        return answer == Answer.Ok;
    }

    /// <summary>Runs an operation that fails and returns its error number.</summary>
    public static int Errno(Action operation) => Assert.ThrowsAny<BpfException>(operation).Errno;
}
