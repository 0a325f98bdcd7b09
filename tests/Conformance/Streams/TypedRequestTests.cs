using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests that typed records reach the program unchanged, whatever their size and writer.</summary>
[Collection(nameof(WholeProcess))]
public sealed class TypedRequestTests
{
    [Fact]
    public void RecordsOfEverySize_KeepTheirBytes()
    {
        using StreamPrograms programs = new(ringSize: 1 << 16);
        AssertKept<Bytes1>(programs);
        AssertKept<Bytes7>(programs);
        AssertKept<Bytes8>(programs);
        AssertKept<Bytes15>(programs);
        AssertKept<Bytes16>(programs);
        AssertKept<Bytes31>(programs);
        AssertKept<Bytes44>(programs);
        AssertKept<Bytes127>(programs);
        AssertKept<Bytes128>(programs);
        AssertKept<Bytes129>(programs);
        AssertKept<Bytes4096>(programs);
        AssertKept<Bytes4100>(programs);
    }

    [Fact]
    public void Padding_IsWrittenAsZeros()
    {
        using StreamPrograms programs = new();
        using SizedMap<Padded> requests = new(programs.Open("requests"), Padded.Layout);
        Span<byte> garbage = stackalloc byte[Unsafe.SizeOf<Padded>()];
        garbage.Fill(0xff);
        ref Padded record = ref MemoryMarshal.AsRef<Padded>(garbage);
        record.Small = 2;
        record.Large = 3;

        Assert.True(requests.TryWrite(in record));

        Assert.Equal(1, programs.DrainBytes());
        Assert.Equal(
            new Drained
            {
                Count = 1,
                Bytes = 16,
                Checksum = 2 + (3 * 9),
            },
            programs.Drained
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task ConcurrentOpenReservations_EndEachOnce(int threads)
    {
        // With space for all: otherwise, the thread with the oldest open reservation could wait for space forever.
        using StreamPrograms programs = new(ringSize: 1 << 22);
        using RequestMap requests = programs.OpenRequests();
        const int Depth = 3,
            Rounds = 10_000;
        using Barrier start = new(threads);
        Task[] writers =
        [
            .. Enumerable
                .Range(0, threads)
                .Select(thread =>
                    Background.Run(() =>
                    {
                        start.SignalAndWait(TestContext.Current.CancellationToken);
                        for (int round = 0; round < Rounds; round++)
                        {
                            ReserveAndGoOn((ulong)((thread * Rounds) + round), depth: 1);
                            Assert.True(requests.TryWrite(new Event { Value = 1 }));
                        }
                    })
                ),
        ];

        int drained = 0;
        Task all = Task.WhenAll(writers);
        while (!all.IsCompleted)
        {
            drained += programs.Drain();
            await Task.Yield();
        }

        await all;
        Assert.Equal(threads * Rounds * (Depth + 1), drained + programs.Drain());
        ulong expected = (ulong)(threads * Rounds);
        for (int value = 0; value < threads * Rounds; value++)
            expected += Depth * (ulong)value;
        Drained result = programs.Drained;
        Assert.Equal(((ulong)(threads * Rounds * (Depth + 1)), expected), (result.Count, result.Checksum));
        Assert.Equal(0, requests.PendingBytes);

        // Each is written after all later reservations have ended, and is found open until then.
        void ReserveAndGoOn(ulong value, int depth)
        {
            Assert.True(requests.TryReserve(out BpfReservation<Event> reservation));
            if (depth < Depth)
                ReserveAndGoOn(value, depth + 1);
            Assert.Equal(0ul, reservation.Value.Value);
            reservation.Value.Value = value;
            BpfReservation<Event> copy = reservation;
            reservation.Submit();
            copy.Dispose();
        }
    }

    private static void AssertKept<T>(StreamPrograms programs)
        where T : unmanaged
    {
        BpfFieldLayout field = new("bytes", 0, BpfTypeLayout.Of<byte>(), Unsafe.SizeOf<T>());
        using SizedMap<T> requests = new(programs.Open("requests"), BpfTypeLayout.Struct("record", Unsafe.SizeOf<T>(), 1, field));
        T record = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref record));
        ulong checksum = 0;
        // The program reads the first 4096 bytes.
        for (int i = 0; i < Math.Min(bytes.Length, 4096); i++)
        {
            bytes[i] = (byte)(1 + (i * 7));
            checksum += bytes[i] * (ulong)(i + 1);
        }

        Drained before = programs.Drained;
        Assert.True(requests.TryWrite(in record));
        Assert.Equal((bytes.Length + 15) / 8 * 8, requests.PendingBytes);
        Assert.Equal(1, programs.DrainBytes());

        Drained after = programs.Drained;
        Assert.Equal((1ul, checksum), (after.Count - before.Count, after.Checksum - before.Checksum));
    }

    private sealed class SizedMap<T>(RawMap raw, BpfTypeLayout layout)
        : BpfUserRingBuffer<T>(
            raw,
            new BpfMapSchema
            {
                Type = BpfMapType.UserRingBuf,
                Name = "requests",
                Value = layout,
            }
        )
        where T : unmanaged;

#pragma warning disable CS0649 // The fields are assigned as bytes.
    private struct Padded
    {
        public byte Small;
        public ulong Large;

        public static BpfTypeLayout Layout { get; } =
            BpfTypeLayout.Struct("padded", 16, 8, new("small", 0, BpfTypeLayout.Of<byte>()), new("large", 8, BpfTypeLayout.Of<ulong>()));
    }
#pragma warning restore CS0649

#pragma warning disable IDE0051, IDE0044, CS0169 // The runtime repeats the field of an inline array.
    [InlineArray(1)]
    private struct Bytes1
    {
        private byte _first;
    }

    [InlineArray(7)]
    private struct Bytes7
    {
        private byte _first;
    }

    [InlineArray(8)]
    private struct Bytes8
    {
        private byte _first;
    }

    [InlineArray(15)]
    private struct Bytes15
    {
        private byte _first;
    }

    [InlineArray(16)]
    private struct Bytes16
    {
        private byte _first;
    }

    [InlineArray(31)]
    private struct Bytes31
    {
        private byte _first;
    }

    [InlineArray(44)]
    private struct Bytes44
    {
        private byte _first;
    }

    [InlineArray(127)]
    private struct Bytes127
    {
        private byte _first;
    }

    [InlineArray(128)]
    private struct Bytes128
    {
        private byte _first;
    }

    [InlineArray(129)]
    private struct Bytes129
    {
        private byte _first;
    }

    [InlineArray(4096)]
    private struct Bytes4096
    {
        private byte _first;
    }

    [InlineArray(4100)]
    private struct Bytes4100
    {
        private byte _first;
    }
#pragma warning restore IDE0051, IDE0044, CS0169
}
