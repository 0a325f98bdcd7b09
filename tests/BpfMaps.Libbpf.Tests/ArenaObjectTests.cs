using System.Globalization;

namespace BpfMaps.Tests;

/// <summary>Arenas of objects. libbpf 1.5 and later map them at the load, older versions do not.</summary>
[Collection(nameof(ArenaObjectTests))]
public sealed class ArenaObjectTests
{
    private const long Address = 0x2000_0000;

    private static readonly int s_page = Environment.SystemPageSize;

    public ArenaObjectTests()
    {
        Require.Kernel();
        Require.MapType(BpfMapType.Arena);
        Require.Libbpf();
        Require.Clang();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OpenedArena_IsMappedAndKeepsItsData(bool hasAddress)
    {
        using BpfObject arena = Loaded(hasAddress);
        using RawMap pages = arena.GetMap("pages").Open();
        using (BpfMemoryView view = pages.Map())
        {
            Assert.Equal(4L * s_page, view.Length);
            if (hasAddress)
                Assert.Equal((ulong)Address, view.Address);
            Assert.Equal(0, view.Slice(view.Length - 1, 1)[0]);
            view.Slice(view.Length - 1, 1)[0] = 7;
        }
        using BpfReadOnlyMemoryView again = pages.MapReadOnly();
        Assert.Equal(7, again.Slice(again.Length - 1, 1)[0]);
    }

    [Fact]
    public void Program_WritesToTheMemoryThatThisProcessSees()
    {
        using BpfObject arena = Loaded(hasAddress: true);
        using RawMap pages = arena.GetMap("pages").Open();
        using RawMap variables = arena.GetMap(".bss").Open();
        using BpfMemoryView view = pages.Map();
        view.Slice(s_page + 64, 1)[0] = 100;
        variables.Update(BitConverter.GetBytes(0), BitConverter.GetBytes((ulong)Address + (ulong)s_page + 64));

        _ = arena.GetProgram("add").TestRun(new byte[64]);
        _ = arena.GetProgram("add").TestRun(new byte[64]);

        Assert.Equal(110, view.Slice(s_page + 64, 1)[0]);
    }

    /// <summary>Before libbpf 1.5, each opened map has a mapping of its own, and the kernel allows only one.</summary>
    [Fact]
    public void ArenaOpenedTwice_SharesTheMappingOfTheLoader()
    {
        using BpfObject arena = Loaded(hasAddress: true);
        using RawMap first = arena.GetMap("pages").Open();
        using RawMap second = arena.GetMap("pages").Open();
        using BpfMemoryView one = first.Map();
        if (Version.Parse(Libbpf.Version.AsSpan(1)) < new Version(1, 5))
        {
            BpfException refused = Assert.Throws<BpfException>(() => second.Map().Dispose());
            Assert.Contains("is in use in this process", refused.Message, StringComparison.Ordinal);
            return;
        }
        using BpfMemoryView two = second.Map();
        one.Span[5] = 9;
        Assert.Equal((one.Address, (byte)9), (two.Address, two.Span[5]));
    }

    [Fact]
    public void View_StaysValidAfterObjectAndMapAreDisposed_AndIsThenUnmapped()
    {
        ulong address;
        BpfMemoryView view = OpenView();
        try
        {
            address = view.Address;
            view.Span[0] = 3;
            Assert.Equal(3, view.Span[0]);
            Assert.True(IsMapped(address));
        }
        finally
        {
            view.Dispose();
        }
        Assert.False(IsMapped(address), $"the arena at 0x{address:x} is still mapped");

        static BpfMemoryView OpenView()
        {
            using BpfObject arena = Loaded(hasAddress: false);
            using RawMap pages = arena.GetMap("pages").Open();
            return pages.Map();
        }
    }

    [Fact]
    public void FailedFreeze_DoesNotLoseTheMapping()
    {
        using BpfObject arena = Loaded(hasAddress: false);
        using RawMap pages = arena.GetMap("pages").Open();
        using (BpfMemoryView view = pages.Map())
            view.Span[1] = 4;

        BpfException refused = Assert.Throws<BpfException>(pages.Freeze);
        Assert.Contains("An arena counts as mapped", refused.Message, StringComparison.Ordinal);

        using BpfMemoryView again = pages.Map();
        Assert.Equal(4, again.Span[1]);
    }

    [Fact]
    public void ReusedArena_IsMappedByThisProcess()
    {
        using RawMap mine = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Arena,
                Name = "mine",
                MaxEntries = 4,
                Flags = BpfMapFlags.Mmapable,
            }
        );
        using BpfObject arena = Opened(hasAddress: false);
        arena.GetMap("pages").Reuse(mine);
        arena.Load();
        using RawMap pages = arena.GetMap("pages").Open();
        using BpfMemoryView view = pages.Map();
        view.Span[0] = 1;
        Assert.Equal(1, view.Span[0]);
    }

    private static BpfObject Loaded(bool hasAddress)
    {
        BpfObject arena = Opened(hasAddress);
        arena.Load();
        return arena;
    }

    private static BpfObject Opened(bool hasAddress)
    {
        string[] options = hasAddress ? [$"-DADDRESS=0x{Address.ToString("x", CultureInfo.InvariantCulture)}"] : [];
        return BpfObject.OpenMemory(ClangCompiler.Instance.Compile("arena.bpf.c", "bpfel", options), "arena");
    }

    private static bool IsMapped(ulong address) =>
        File.ReadLines("/proc/self/maps")
            .Any(line =>
                line.TrimStart('0').StartsWith(address.ToString("x", CultureInfo.InvariantCulture) + "-", StringComparison.Ordinal)
                && line.Contains("bpf-map", StringComparison.Ordinal)
            );
}
