using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;
using BpfMaps.Queries.Running;

namespace BpfMaps.Tests;

/// <summary>Keys and values of all sizes are found, compared and copied.</summary>
public sealed class SizeTests
{
    [Fact]
    public void SmallKeysAndValues_AreCopied()
    {
        Check<byte, byte>(200);
        Check<Three, Five>(300);
        Check<Seven, ulong>(300);
        Check<ulong, Three>(300);
        Check<Five, Seven>(300);
    }

    [Fact]
    public void LargeKeysAndValues_AreCopied()
    {
        Check<Large, byte>(100);
        Check<Odd, Odd>(100);
        Check<Five, Page>(100);
        Check<Large, Huge>(40);
    }

    /// <summary>Values of 64 KiB and more, of which .NET has no arrays.</summary>
    [Fact]
    public void LargestElements_AreCopied()
    {
        Require.Feature(KernelFeature.Queries);
        using (BpfQuery<ulong, Chunk> query = CheckHuge<Chunk>(BpfQueryExecution.KernelOnly))
            Assert.True(query.RunsInKernel);
        using (BpfQuery<ulong, Most> query = CheckHuge<Most>(BpfQueryExecution.KernelOnly))
            Assert.True(query.RunsInKernel);
    }

    /// <summary>Programs do not copy larger elements, but this process does.</summary>
    [Fact]
    public void LargerElements_AreQueriedInThisProcess()
    {
        Require.Feature(KernelFeature.Queries); // Otherwise, the kernel is the reason.
        using BpfQuery<ulong, Larger> query = CheckHuge<Larger>(BpfQueryExecution.Automatic);

        Assert.False(query.RunsInKernel);
        Assert.Equal("The elements have 98312 bytes, but programs copy at most 98304.", query.UserSpaceReason);
    }

    private static BpfQuery<ulong, TValue> CheckHuge<TValue>(BpfQueryExecution execution)
        where TValue : unmanaged
    {
        int count = SequenceCount.IsSet ? 8 : 20;
        Require.Kernel();
        using SizedMap<ulong, TValue> map = SizedMap<ulong, TValue>.Create((uint)count);
        Random random = new(9);
        Dictionary<ulong, string> expected = [];
        byte[] value = new byte[Unsafe.SizeOf<TValue>()];
        for (ulong key = 0; key < (ulong)count; key++)
        {
            random.NextBytes(value);
            map.Set(in key, in MemoryMarshal.AsRef<TValue>(value));
            expected.Add(key, Convert.ToHexString(value));
        }
        BpfQuery<ulong, TValue> query = map.InKernel(execution);

        Dictionary<ulong, string> found = [];
        foreach (ref readonly KeyValuePair<ulong, TValue> element in query.Where(element => element.Key != 3))
            found.Add(element.Key, Text(element.Value));
        Assert.Equal(expected.Where(static element => element.Key != 3), found.OrderBy(static element => element.Key));
        Assert.Equal(5UL, query.Where(element => element.Key == 5).First().Key);
        Assert.Equal((ulong)count - 1, query.Max(element => element.Key));

        ulong[] keys = [4, 400, 6];
        Span<TValue> values = MemoryMarshal.Cast<byte, TValue>(new byte[keys.Length * value.Length].AsSpan());
        Assert.Equal(2, query.GetValues(keys, values, new bool[keys.Length]));
        Assert.Equal(expected[4], Text(values[0]));
        Assert.Equal(expected[6], Text(values[2]));

        Assert.Equal(1, query.Where(element => element.Key == 3).Remove());
        Assert.Equal(count - 1, query.Count());
        return query;
    }

    private static string Text<TValue>(in TValue value)
        where TValue : unmanaged => Convert.ToHexString(MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)));

    [Fact]
    public void KeysOfAllSizes_AreCopied()
    {
        Require.Feature(KernelFeature.Queries);
        int step = SequenceCount.IsSet ? 73 : 1;
        for (int size = 1; size <= 512; size += step)
            CheckBytes(size, 8);
    }

    [Fact]
    public void ValuesOfManySizes_AreCopied()
    {
        Require.Feature(KernelFeature.Queries);
        for (int size = 1; size <= 65_536; size = (size * (SequenceCount.IsSet ? 7 : 2)) + 1)
        {
            CheckBytes(5, size);
            CheckBytes(8, size - (size % 8) + 8);
        }
    }

    private static void CheckBytes(int keySize, int valueSize)
    {
        const int Count = 20;
        using RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                KeySize = keySize,
                ValueSize = valueSize,
                MaxEntries = Count,
            }
        );
        Random random = new(keySize);
        byte[] key = new byte[keySize];
        Dictionary<string, string> expected = [];
        byte[] value = new byte[valueSize];
        for (int index = 0; index < Count; index++)
        {
            random.NextBytes(key);
            random.NextBytes(value);
            key[0] = (byte)index;
            map.Update(key, value);
            expected.Add(Convert.ToHexString(key), Convert.ToHexString(value));
        }
        QueryTarget target = new()
        {
            KeySize = keySize,
            ValueSize = valueSize,
            IsArray = false,
            Cpus = [],
            Totals = [],
            ValueOffset = keySize,
            Stride = QueryTarget.Align(keySize + valueSize),
        };
        using KernelRunner runner = new(map, target);

        Assert.Equal(expected, Collect(runner, target));
    }

    private static Dictionary<string, string> Collect(KernelRunner runner, QueryTarget target)
    {
        Question question = new(QuestionKind.Collect, Always.True);
        Dictionary<string, string> found = [];
        runner.Prepare(question);
        runner.Begin(question, []);
        while (runner.MoveNext())
        {
            for (int index = 0; index < runner.Count; index++)
            {
                ReadOnlySpan<byte> element = MemoryMarshal.CreateReadOnlySpan(
                    ref Unsafe.AddByteOffset(ref runner.First, (nint)index * target.Stride),
                    target.Stride
                );
                found.Add(
                    Convert.ToHexString(element[..target.KeySize]),
                    Convert.ToHexString(element.Slice(target.ValueOffset, target.ValueSize))
                );
            }
        }
        runner.End();
        return found;
    }

    private static void Check<TKey, TValue>(int count)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        Require.Feature(KernelFeature.Queries);
        using SizedMap<TKey, TValue> map = SizedMap<TKey, TValue>.Create(400);
        if (SequenceCount.IsSet)
            count /= 5;
        Random random = new(5);
        while (map.Count() < count)
            map.Set(Next<TKey>(random), Next<TValue>(random));
        KeyValuePair<TKey, TValue>[] elements = new KeyValuePair<TKey, TValue>[count];
        Assert.Equal(count, map.CopyTo(elements));
        using BpfQuery<TKey, TValue> query = map.InKernel(BpfQueryExecution.KernelOnly);

        Assert.Equal(elements.Select(Text).Order(), query.Where(_ => true).ToArray().Select(Text).Order());

        TKey[] keys = [.. elements.Select(static element => element.Key)];
        TValue[] values = new TValue[count];
        Assert.Equal(count, query.GetValues(keys, values, new bool[count]));
        Assert.Equal(elements.Select(Text), keys.Zip(values, KeyValuePair.Create).Select(Text));
    }

    private static T Next<T>(Random random)
        where T : unmanaged
    {
        T value = default;
        random.NextBytes(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    private static string Text<TKey, TValue>(KeyValuePair<TKey, TValue> element)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        (TKey key, TValue value) = element;
        return Convert.ToHexString(MemoryMarshal.AsBytes(new ReadOnlySpan<TKey>(in key)))
            + "="
            + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value))));
    }

    [InlineArray(3)]
    private struct Three
    {
        private byte _first;
    }

    [InlineArray(5)]
    private struct Five
    {
        private byte _first;
    }

    [InlineArray(7)]
    private struct Seven
    {
        private byte _first;
    }

    [InlineArray(255)]
    private struct Odd
    {
        private byte _first;
    }

    [InlineArray(512)]
    private struct Large
    {
        private byte _first;
    }

    [InlineArray(4096)]
    private struct Page
    {
        private byte _first;
    }

    [InlineArray(60_000)]
    private struct Huge
    {
        private byte _first;
    }

    [InlineArray(65_536)]
    private struct Chunk
    {
        private byte _first;
    }

    [InlineArray(98_296)]
    private struct Most
    {
        private byte _first;
    }

    [InlineArray(98_304)]
    private struct Larger
    {
        private byte _first;
    }
}
