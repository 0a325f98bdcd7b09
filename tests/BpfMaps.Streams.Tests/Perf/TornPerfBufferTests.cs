using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Perf buffers whose positions and headers are not those that the kernel writes.</summary>
public sealed class TornPerfBufferTests
{
    private const int Pages = 2;
    private const int Rounds = 1_000;
    private const int MostSamples = 1_000;

    private static ulong s_sum;

    private static int Size => Pages * Environment.SystemPageSize;

    /// <summary>The kernel's position for a reader at 0.</summary>
    public static TheoryData<ulong> HeadsThatCannotBe => [(ulong)Size + 8, 1ul << 40, ulong.MaxValue - 7, 1ul << 63];

    /// <summary>First headers of a buffer of 80 bytes: type, size, and for a sample the size of its data.</summary>
    public static TheoryData<uint, int, uint> HeadersThatCannotBe =>
        new()
        {
            { 9, 0, 16 },
            { 1, 0, 0 },
            { 9, 4, 16 },
            { 9, 41, 16 },
            { 9, 88, 16 },
            { 9, ushort.MaxValue, 16 },
            { 9, 16, 0 },
            { 2, 16, 0 },
            { 9, 40, 21 },
            { 9, 40, uint.MaxValue },
            { 9, 40, 1u << 31 },
        };

    [Theory]
    [MemberData(nameof(HeadsThatCannotBe))]
    public async Task HeadThatCannotBe_IsReportedByEveryWayToRead(ulong head)
    {
        using ScribbledBuffers buffers = new();
        using SampleMap samples = buffers.OpenSamples();
        buffers.SetHead(head);

        await AssertTorn(samples, $"the write position is {head}, the size is {Size}");
    }

    [Theory]
    [MemberData(nameof(HeadersThatCannotBe))]
    public async Task HeaderThatCannotBe_IsReportedByEveryWayToRead(uint type, int size, uint rawSize)
    {
        using ScribbledBuffers buffers = new();
        using SampleMap samples = buffers.OpenSamples();
        buffers.SetHeader(0, type, size, rawSize);
        buffers.SetHead(80);

        await AssertTorn(samples, "the write position is 80");
        Assert.Equal(0, samples.LostCount);
    }

    [Fact]
    public void SampleBeforeATornOne_IsRead()
    {
        using ScribbledBuffers buffers = new();
        using SampleMap samples = buffers.OpenSamples();
        buffers.SetHeader(0, 9, 40, 16);
        buffers.SetHeader(40, 9, 0, 16);
        buffers.SetHead(80);
        int handled = 0;

        BpfException problem = Assert.Throws<BpfException>(() => samples.Read((in Event _) => handled++));

        Assert.Equal(1, handled);
        Assert.Contains("The read position is 40", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadersOfBuffersWithScribbledHeaders_NeverLeaveThem()
    {
        using ScribbledBuffers buffers = new();
        using SampleMap samples = buffers.OpenSamples();

        Assert.NotEqual(0, await CountTorn(samples, buffers.Scribble, static _ => { }));
    }

    [Fact]
    public async Task ReadersOfTheKernelsBuffersWithScribbledPositions_NeverLeaveThem()
    {
        using StreamPrograms programs = new();
        using ScribbledBuffers buffers = new(ofTheKernel: true);
        using RawMap map = programs.Open("samples");
        using SampleMap samples = buffers.OpenSamples(SampleMap.FromFileDescriptor((int)map.Handle.DangerousGetHandle(), buffers));

        int torn = await CountTorn(
            samples,
            buffers.ScribblePosition,
            random =>
            {
                programs.OrderSamples((ulong)random.NextInt64(), count: random.Next(1, 50), size: random.Next(3) * 100);
                programs.ProduceSamples();
            }
        );

        Assert.NotEqual(0, torn);
    }

    private static async Task<int> CountTorn(SampleMap samples, Action<Random> scribble, Action<Random> produce)
    {
        int torn = 0;
        await Fuzzing.While(
            Rounds,
            scribble,
            async random =>
            {
                produce(random);
                samples.OnMalformed = random.Next(2) == 0 ? Touch : null;
                try
                {
                    await ReadAsync(samples, random);
                }
                catch (BpfException problem) when (problem.ErrnoName == "EPROTO" || problem is BpfMalformedRecordException)
                {
                    torn++;
                }
            }
        );
        return torn;
    }

    private static async Task AssertTorn(SampleMap samples, string expected)
    {
        List<BpfException> problems =
        [
            Assert.Throws<BpfException>(() => samples.Read((in Event _) => { })),
            Assert.Throws<BpfException>(() => samples.Read(static _ => { })),
            Assert.Throws<BpfException>(() => samples.Read((in Event _, BpfSampleInfo _) => { })),
            Assert.Throws<BpfException>(() => samples.Read((in Event _) => { }, Timeout.InfiniteTimeSpan)),
            Assert.Throws<BpfException>(() => samples.TryRead(out _)),
            await Assert.ThrowsAsync<BpfException>(async () =>
            {
                await foreach (Event _ in samples.ReadAllAsync(TestContext.Current.CancellationToken)) { }
            }),
        ];
        Assert.All(
            problems,
            problem =>
            {
                Assert.Equal("EPROTO", problem.ErrnoName);
                Assert.Contains("map 'samples'", problem.Message, StringComparison.Ordinal);
                Assert.Contains("is damaged. The read position is 0", problem.Message, StringComparison.Ordinal);
                Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
            }
        );
    }

    private static async Task ReadAsync(SampleMap samples, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                samples.Read((in Event record) => s_sum += record.Sequence + record.Value, limit: MostSamples);
                break;
            case 1:
                samples.Read(Touch, limit: MostSamples);
                break;
            case 2:
                samples.Read(
                    (in Event record, BpfSampleInfo info) => s_sum += record.Sequence + (ulong)info.TimestampNanoseconds,
                    TimeSpan.Zero,
                    MostSamples
                );
                break;
            case 3:
                for (int read = 0; read < MostSamples && samples.TryRead(out Event record); read++)
                    s_sum += record.Sequence;
                break;
            default:
                await Fuzzing.ReadWithoutWaiting(samples, MostSamples);
                break;
        }
    }

    private static void Touch(ReadOnlySpan<byte> record)
    {
        foreach (byte value in record)
            s_sum += value;
    }

    /// <summary>
    /// The kernel, but with perf buffers that the test can write to. In the kernel's own buffers only the positions are writable, so the
    /// host maps other memory instead.
    /// </summary>
    private sealed class ScribbledBuffers(bool ofTheKernel = false) : ForwardingHost(BpfHost.Kernel), IDisposable
    {
        private const int HeadOffset = 1024,
            TailOffset = 1032;

        private readonly List<SafeHandle> _memory = [];

        internal override int OpenPerfBuffer(int cpu, int pages, out SafeHandle? buffer, out SafeHandle? memory)
        {
            int errno = base.OpenPerfBuffer(cpu, pages, out buffer, out memory);
            if (memory is null)
                return errno;

            if (!ofTheKernel)
            {
                memory.Dispose();
                memory = new OwnMemory();
            }

            bool isHeld = false;
            memory.DangerousAddRef(ref isHeld);
            _memory.Add(memory);
            return errno;
        }

        public SampleMap OpenSamples(SampleMap? map = null)
        {
            Require.Kernel();
            SampleMap samples = map ?? SampleMap.Create(this);
            samples.Open(Pages);
            return samples;
        }

        public void SetHead(ulong head)
        {
            foreach (SafeHandle memory in _memory)
                BinaryPrimitives.WriteUInt64LittleEndian(Buffer(memory)[HeadOffset..], head);
        }

        public void SetHeader(int position, uint type, int size, uint rawSize)
        {
            foreach (SafeHandle memory in _memory)
            {
                Span<byte> record = Buffer(memory)[(Environment.SystemPageSize + position)..];
                BinaryPrimitives.WriteUInt32LittleEndian(record, type);
                BinaryPrimitives.WriteUInt16LittleEndian(record[6..], (ushort)size);
                BinaryPrimitives.WriteUInt32LittleEndian(record[16..], rawSize);
            }
        }

        public void ScribblePosition(Random random)
        {
            Span<byte> buffer = Buffer(_memory[random.Next(_memory.Count)]);
            ulong tail = BinaryPrimitives.ReadUInt64LittleEndian(buffer[TailOffset..]);
            switch (random.Next(4))
            {
                case 0:
                    BinaryPrimitives.WriteUInt64LittleEndian(buffer[HeadOffset..], (ulong)random.NextInt64(long.MinValue, long.MaxValue));
                    break;
                case 1:
                    BinaryPrimitives.WriteUInt64LittleEndian(buffer[TailOffset..], (ulong)random.NextInt64(4 * Size));
                    break;
                default:
                    BinaryPrimitives.WriteUInt64LittleEndian(buffer[HeadOffset..], tail + (8 * (ulong)random.Next((Size / 8) + 2)));
                    break;
            }
        }

        public void Scribble(Random random)
        {
            if (random.Next(3) == 0)
            {
                ScribblePosition(random);
                return;
            }

            uint type = (uint)(random.Next(3) == 0 ? random.Next(12) : 9);
            int size = random.Next(3) == 0 ? random.Next(ushort.MaxValue) : 8 * random.Next(20);
            SetHeader(8 * random.Next((Size / 8) - 4), type, size, (uint)random.Next(200));
        }

        public void Dispose()
        {
            foreach (SafeHandle memory in _memory)
                memory.DangerousRelease();
        }

        private static unsafe Span<byte> Buffer(SafeHandle memory) =>
            new((byte*)memory.DangerousGetHandle(), Environment.SystemPageSize + Size);
    }

    /// <summary>Memory with a single writer.</summary>
    private sealed class OwnMemory : SafeHandle
    {
        public unsafe OwnMemory()
            : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.AllocZeroed((nuint)(Environment.SystemPageSize + Size)));

        public override bool IsInvalid => handle == 0;

        protected override unsafe bool ReleaseHandle()
        {
            NativeMemory.Free((void*)handle);
            return true;
        }
    }
}
