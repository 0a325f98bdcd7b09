using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        Check<Five, Page>(100);
        Check<Large, Huge>(40);
    }

    private static void Check<TKey, TValue>(int count)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        Require.Kernel();
        using SizedMap<TKey, TValue> map = SizedMap<TKey, TValue>.Create(1_000);
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
}
