namespace BpfMaps.Tests;

/// <summary>
/// Tests of memory shared with programs. The program is handwritten, because older versions of clang do not support casts between address
/// spaces.
/// </summary>
public sealed class ArenaTests
{
    private const ulong FreeAddress = 0x7a12_0000_0000;

    private static readonly int s_page = Environment.SystemPageSize;

    public ArenaTests()
    {
        Require.Kernel();
        Require.MapType(BpfMapType.Arena);
    }

    [Fact]
    public void DataWrittenInPlace_StaysInTheArena()
    {
        using PagesMap pages = PagesMap.Create();
        Assert.Equal((4, 4L * s_page), (pages.PageCount, pages.Length));
        ulong address;
        using (BpfArenaView view = pages.Map())
        {
            Assert.Equal(pages.Length, view.Length);
            address = view.Address;
            Assert.Equal(0ul, view.At<ulong>(8));
            view.At<ulong>(8) = 42;
            view.Slice(view.Length - 1, 1)[0] = 7;
            view.Values<uint>(s_page, 3).Fill(9);
        }
        using (BpfArenaView again = pages.Map())
        {
            Assert.Equal(address, again.Address);
            Assert.Equal((42ul, (byte)7, 9u), (again.At<ulong>(8), again.At<byte>(again.Length - 1), again.At<uint>(s_page + 8)));
        }
        // Readers share one mapping.
        using BpfReadOnlyMemoryView reader = pages.Raw.MapReadOnly();
        Assert.Equal(42, reader.Slice(8, 1)[0]);
    }

    [Fact]
    public void Pointers_AreOffsetsFromTheAddress()
    {
        using PagesMap pages = PagesMap.Create();
        using BpfArenaView view = pages.Map();
        Assert.Equal(view.Address + 16, view.PointerTo(16));
        Assert.Equal(16, view.OffsetOf(view.Address + 16));
        ulong address = view.Address,
            end = address + (ulong)view.Length;
        long length = view.Length;
        foreach (ulong pointer in (ulong[])[0, address - 1, end])
            Assert.Contains(
                $"0x{pointer:x}",
                Assert.Throws<ArgumentOutOfRangeException>(() => OffsetOf(pages, pointer)).Message,
                StringComparison.Ordinal
            );
        foreach (long offset in (long[])[-1, length])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => PointerTo(pages, offset));
            Assert.Throws<ArgumentOutOfRangeException>(() => Read(pages, offset));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(pages, length - 4));
    }

    [Fact]
    public void Program_FollowsAPointerFromThisProcess()
    {
        using PagesMap pages = PagesMap.Create();
        using BpfArenaView view = pages.Map();
        view.At<ulong>(0) = view.PointerTo(s_page + 64);
        view.At<ulong>(s_page + 64) = 100;

        using TestProgram program = TestProgram.Load(ProgramType.SocketFilter, FollowAndAdd(pages.Raw, view.Address, 5));
        program.Run(takesPacket: true);
        program.Run(takesPacket: true);

        Assert.Equal(110ul, view.At<ulong>(view.OffsetOf(view.At<ulong>(0))));
    }

    [Fact]
    public void ViewThatIsDisposed_GivesNothing_AndOneThatIsNotOutlivesTheMap()
    {
        PagesMap pages = PagesMap.Create();
        BpfArenaView view = pages.Map();
        pages.Dispose();
        view.At<ulong>(0) = 1;
        Assert.Equal(1ul, view.At<ulong>(0));
        view.Dispose();
        view.Dispose();
        Exception? refusal = null;
        try
        {
            view.At<ulong>(0) = 2;
        }
        catch (ObjectDisposedException exception)
        {
            refusal = exception;
        }
        Assert.NotNull(refusal);
        Assert.Throws<ObjectDisposedException>(() => pages.Map());
    }

    [Fact]
    public void ArenaWithAnAddress_IsMappedThereByAllProcesses()
    {
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.Arena,
            Name = "pages",
            MaxEntries = 4,
            Flags = BpfMapFlags.Mmapable,
            MapExtra = FreeAddress,
        };
        using PagesMap pages = PagesMap.FromRaw(RawMap.Create(spec));
        Assert.Equal(FreeAddress, pages.Info.MapExtra);
        using RawMap second = RawMap.OpenById(pages.Info.Id);
        using (BpfArenaView view = pages.Map())
        {
            Assert.Equal(FreeAddress, view.Address);
            view.At<ulong>(0) = 3;
            BpfException taken = Assert.Throws<BpfException>(() => Touch(second));
            Assert.Equal(Errno.EBUSY, taken.Errno);
            Assert.Contains($"0x{FreeAddress:x}", taken.Message, StringComparison.Ordinal);
        }
        pages.Dispose();
        using BpfMemoryView other = second.Map();
        Assert.Equal(3, other.Slice(0, 1)[0]);
    }

    [Fact]
    public void ArenaWithAnotherAddress_ReportsIt()
    {
        using PagesMap pages = PagesMap.Create();
        using BpfArenaView view = pages.Map();
        using RawMap second = RawMap.OpenById(pages.Info.Id);
        BpfException refusal = Assert.Throws<BpfException>(() => Touch(second));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("BpfMapSpec.MapExtra", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FrozenArena_IsMappedReadOnly()
    {
        using PagesMap pages = PagesMap.Create();
        pages.Freeze();
        Assert.Contains("MapReadOnly()", Assert.Throws<BpfPermissionException>(() => pages.Map()).Message, StringComparison.Ordinal);
        using BpfReadOnlyMemoryView reader = pages.Raw.MapReadOnly();
        Assert.Equal(0, reader.Slice(0, 1)[0]);
    }

    [Fact]
    public void ArenaMappedForWriting_CannotBeFrozen()
    {
        using PagesMap pages = PagesMap.Create();
        ulong address;
        using (BpfArenaView view = pages.Map())
            address = view.Address;
        BpfException refusal = Assert.Throws<BpfException>(pages.Freeze);
        Assert.Equal(Errno.EBUSY, refusal.Errno);
        Assert.Contains("before it is mapped", refusal.Message, StringComparison.Ordinal);
        // The attempt removed the mapping. The next one must be at the same address, because the kernel accepts no other.
        using BpfArenaView again = pages.Map();
        Assert.Equal(address, again.Address);
    }

    [Fact]
    public void ReaderThatMapsFirst_DoesNotPreventAWriter()
    {
        using PagesMap pages = PagesMap.Create();
        using BpfReadOnlyMemoryView reader = pages.Raw.MapReadOnly();
        using BpfArenaView view = pages.Map();
        view.At<byte>(0) = 6;
        Assert.Equal(6, reader.Slice(0, 1)[0]);
    }

    [Fact]
    public void Arena_HasNoElements()
    {
        using PagesMap pages = PagesMap.Create();
        Assert.Contains(
            "access its memory with Map()",
            Assert.Throws<BpfException>(() => pages.Raw.TryLookup([], [])).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0, 4u, BpfMapFlags.None, 0ul, "must be created with BpfMapFlags.Mmapable")]
    [InlineData(8, 4u, BpfMapFlags.Mmapable, 0ul, "value_size must be 0, not 8")]
    [InlineData(0, 0u, BpfMapFlags.Mmapable, 0ul, "max_entries is 0")]
    [InlineData(0, (1u << 20) + 1, BpfMapFlags.Mmapable, 0ul, "exceed the limit of 4 GiB")]
    [InlineData(0, 4u, BpfMapFlags.Mmapable, FreeAddress + 1, "must be a multiple of the page size")]
    public void InvalidArena_FailsWithTheViolatedRule(int valueSize, uint maxEntries, BpfMapFlags flags, ulong address, string rule)
    {
        BpfMapSpec spec = new()
        {
            Type = BpfMapType.Arena,
            Name = "broken",
            ValueSize = valueSize,
            MaxEntries = maxEntries,
            Flags = flags,
            MapExtra = address,
        };
        Assert.Contains(rule, Assert.Throws<BpfException>(() => RawMap.Create(spec)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArenaOfAnotherSizeOrType_IsRejected()
    {
        using RawMap larger = RawMap.Create(
            new()
            {
                Type = BpfMapType.Arena,
                Name = "larger",
                MaxEntries = 8,
                Flags = BpfMapFlags.Mmapable,
            }
        );
        Assert.Contains(
            "max_entries is 8, but 4 was declared",
            Assert.Throws<BpfMapMismatchException>(() => PagesMap.FromRaw(larger)).Message,
            StringComparison.Ordinal
        );
        using RawMap array = TestMaps.Create(BpfMapType.Array, flags: BpfMapFlags.Mmapable);
        Assert.Contains(
            "type is Array, but Arena was declared",
            Assert.Throws<BpfMapMismatchException>(() => PagesMap.FromRaw(array)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ReadingAndWriting_AllocateNothing()
    {
        using PagesMap pages = PagesMap.Create();
        using BpfArenaView view = pages.Map();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            view.At<ulong>(view.OffsetOf(view.PointerTo(8))) += view.Values<ulong>(0, 2)[0];
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static long OffsetOf(PagesMap pages, ulong pointer)
    {
        using BpfArenaView view = pages.Map();
        return view.OffsetOf(pointer);
    }

    private static ulong PointerTo(PagesMap pages, long offset)
    {
        using BpfArenaView view = pages.Map();
        return view.PointerTo(offset);
    }

    private static ulong Read(PagesMap pages, long offset)
    {
        using BpfArenaView view = pages.Map();
        return view.At<ulong>(offset);
    }

    private static void Touch(RawMap map)
    {
        using BpfMemoryView view = map.Map();
        view.Slice(0, 1)[0] = 1;
    }

    /// <summary>The program <c>**(u64 **)address += number; return 0</c>.</summary>
    private static ulong[] FollowAndAdd(RawMap arena, ulong address, int number) =>
        [
            .. Instruction.LoadMap(1, arena),
            0x18 | 2ul << 8 | (address & uint.MaxValue) << 32,
            address >> 32 << 32, // r2 = address
            CastToArena(2),
            0x79 | 3ul << 8 | 2ul << 12, // r3 = *(u64 *)r2
            CastToArena(3),
            0x79 | 4ul << 8 | 3ul << 12, // r4 = *(u64 *)r3
            0x07 | 4ul << 8 | (ulong)(uint)number << 32, // r4 += number
            0x7b | 3ul << 8 | 4ul << 12, // *(u64 *)r3 = r4
            .. Instruction.Return(0),
        ];

    /// <summary>The instruction <c>rN = (void *)(arena pointer)rN</c>: BPF_ADDR_SPACE_CAST from address space 1 to 0.</summary>
    private static ulong CastToArena(int register) => 0xbf | (ulong)register << 8 | (ulong)register << 12 | 1ul << 16 | 1ul << 32;
}
