using System.Runtime.InteropServices;
using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary><c>hist</c> draws arrays of counts, and keys with the number of a slot.</summary>
public sealed class HistTests : IDisposable
{
    private readonly LoadedMaps _maps = LoadedMaps.Load("programs.bpf.c");

    public void Dispose() => _maps.Dispose();

    [Fact]
    public void ArrayOfAPerCpuValue_IsSummedAndDrawn()
    {
        int cpus = BpfHost.Kernel.PossibleCpus.Length;
        _maps.Run("set", "times", "1", "slots=[0,2,8,0,1]", "--all-cpus");

        string[] lines = _maps.Run("hist", "times").TrimEnd('\n').Split('\n');

        Assert.Equal("1", lines[0]);
        Assert.Equal(5, lines.Length);
        Assert.Equal($"  2 - 3  {(2 * cpus).ToString().PadLeft((8 * cpus).ToString().Length)}  {new string('█', 10)}", lines[1]);
        Assert.Equal($"  4 - 7  {8 * cpus}  {new string('█', 40)}", lines[2]);
        Assert.Equal($" 8 - 15  {"0".PadLeft((8 * cpus).ToString().Length)}", lines[3]);
        Assert.StartsWith("16 - 31  ", lines[4], StringComparison.Ordinal);
        Assert.Equal(lines, _maps.Run("hist", "times", "slots").TrimEnd('\n').Split('\n'));
        Assert.StartsWith("1\n1  ", _maps.Run("hist", "times", "--linear"), StringComparison.Ordinal);
    }

    [Fact]
    public void BucketsInKeys_AreGroupedByTheOtherFields()
    {
        foreach ((uint device, uint bucket, ulong count) in ((uint, uint, ulong)[])[(1, 0, 5), (1, 3, 10), (2, 20, 1)])
            _maps["latency"].Update(MemoryMarshal.AsBytes<uint>([device, bucket]), BitConverter.GetBytes(count));

        string[] blocks =
        [
            .. _maps.Run("hist", "latency").Split("{ device: ", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
        ];

        Assert.Equal(
            "1 }\n 0 - 1   5  ████████████████████\n 2 - 3   0\n 4 - 7   0\n8 - 15  10  ████████████████████████████████████████\n",
            blocks[0]
        );
        Assert.Equal("2 }\n1024Ki - 2047Ki  1  ████████████████████████████████████████\n", blocks[1]);
        Assert.Equal(blocks[0], _maps.Run("hist", "latency", "bucket", "--where", "device == 1")["{ device: ".Length..]);
        using JsonDocument json = JsonDocument.Parse(_maps.Run("hist", "latency", "--json", "--where", "device == 1"));
        Assert.Equal([5, 0, 0, 10], json.RootElement[0].GetProperty("slots").EnumerateArray().Select(static slot => slot.GetInt32()));
    }

    [Fact]
    public void NoCounts_AreSaid()
    {
        Assert.Equal("no counts\n", _maps.Run("hist", "times"));
        Assert.StartsWith(
            "map 'calls' (PerCpuArray, id ID) has no array of numbers in its values and no field 'bucket' or 'slot' in its keys",
            _maps.Fail("hist", "calls"),
            StringComparison.Ordinal
        );
        Assert.StartsWith("'count' (__u64) has no histogram", _maps.Fail("hist", "times", "count"), StringComparison.Ordinal);
    }
}
