using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Iterators over the elements of a map (Linux 5.9).</summary>
public sealed class ElementIteratorTests
{
    [StructLayout(LayoutKind.Sequential)]
    private struct Element
    {
        public uint Key;
        public uint Padding;
        public ulong Value;
    }

    /// <remarks>
    /// Some kernels are changed so that they refuse these iterators, which could write the elements. bpftool then fails, too.
    /// </remarks>
    [Fact]
    public void Iterator_ReturnsRecordsOrSaysThatTheKernelRefusesIt()
    {
        string path = CompiledFixture.Path("elements");
        using BpfObject elements = BpfObject.Open(path);
        if (!BpftoolLoads(path))
        {
            BpfObjectException refusal = Assert.Throws<BpfObjectException>(elements.Load);
            Assert.Equal(Errno.EPERM, refusal.Errno);
            Assert.Contains("The process has all capabilities: the kernel was built without", refusal.Message, StringComparison.Ordinal);
            return;
        }

        elements.Load();
        using RawMap walked = elements.GetMap("walked").Open();
        for (byte i = 0; i < 5; i++)
            walked.Update([i, 0, 0, 0], [(byte)(i * 2), 0, 0, 0, 0, 0, 0, 0]);
        BpfObjectProgram list = elements.GetProgram("list_elements");

        IEnumerable<(uint, ulong)> found = list.ReadIteratorRecords<Element>(BpfIteratorTarget.Map(walked))
            .Select(element => (element.Key, element.Value));

        Assert.Equal([(0u, 0ul), (1u, 2ul), (2u, 4ul), (3u, 6ul), (4u, 8ul)], found.Order().ToArray());
        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => list.ReadIterator());
        Assert.Contains("BpfIteratorTarget", exception.Message, StringComparison.Ordinal);
    }

    private static bool BpftoolLoads(string path)
    {
        Require.BpfTool();
        using PinDirectory pins = Require.BpfFs();
        return Processes.TryRun(BpfTool.Find()!, "prog", "load", path, pins["iterator"]).ExitCode == 0;
    }
}
