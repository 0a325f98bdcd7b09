using System.Runtime.CompilerServices;

namespace BpfMaps.Tests;

/// <summary>
/// References into a map's memory that are used after the view and the map are disposed, which the compiler does not refuse within one
/// scope. They neither reach memory that is mapped later nor crash the process.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed class EscapedReferenceTests
{
    [Fact]
    public void SpanOfAnArray_OutlivesViewAndMapWithoutHarm()
    {
        MappedNumbersMap map = MappedNumbersMap.Create();
        BpfArrayView<ulong> view = map.Map();
        Span<ulong> span = view.Span;
        ref ulong element = ref view[3];
        span[0] = 1;
        view.Dispose();
        map.Dispose();

        using MappedNumbersMap next = MappedNumbersMap.Create();
        using BpfArrayView<ulong> nextView = next.Map();
        span.Fill(7);
        element++;

        Assert.False(Unsafe.AreSame(ref span[0], ref nextView.Span[0]), "The addresses were used again.");
        Assert.Equal((7ul, 8ul), (span[0], element));
        Assert.All(nextView.Span.ToArray(), value => Assert.Equal(0ul, value));
    }

    [Fact]
    public void ReadOnlySpanOfAnArray_OutlivesViewAndMapWithoutHarm()
    {
        MappedNumbersMap map = MappedNumbersMap.Create();
        BpfReadOnlyArrayView<ulong> view = map.MapReadOnly();
        ReadOnlySpan<ulong> span = view.Span;
        ref readonly ulong element = ref view[3];
        view.Dispose();
        map.Dispose();

        Assert.Equal((0ul, 0ul), (span[^1], element));
    }

    [Fact]
    public void BytesOfAMap_OutliveViewAndMapWithoutHarm()
    {
        RawMap map = TestMaps.Create(BpfMapType.Array, maxEntries: 1000, flags: BpfMapFlags.Mmapable);
        BpfMemoryView view = map.Map();
        BpfReadOnlyMemoryView readable = map.MapReadOnly();
        Span<byte> all = view.Span;
        ReadOnlySpan<byte> some = readable.Slice(100, 50);
        view.Dispose();
        readable.Dispose();
        map.Dispose();

        all.Fill(1);

        Assert.Equal((1, 50), (all[^1], some.Length));
        Assert.InRange(some[0], 0, 1);
    }

    [Fact]
    public void ManyViewsAndMaps_LeaveEarlierReferencesHarmless()
    {
        MappedNumbersMap first = MappedNumbersMap.Create();
        BpfArrayView<ulong> firstView = first.Map();
        Span<ulong> span = firstView.Span;
        firstView.Dispose();
        first.Dispose();

        for (int i = 0; i < 100; i++)
        {
            using MappedNumbersMap map = MappedNumbersMap.Create();
            using BpfArrayView<ulong> view = map.Map();
            span.Fill((ulong)i);
            Assert.Equal(0ul, view[0]);
        }

        Assert.Equal(99ul, span[0]);
    }

    [Fact]
    public void BytesOfAReservation_OutliveItAndTheRingWithoutHarm()
    {
        using StreamPrograms programs = new();
        RequestMap requests = programs.OpenRequests();
        Assert.True(requests.TryReserve(64, out BpfReservation reservation));
        Assert.True(requests.TryReserve(out BpfReservation<Event> typed));
        Span<byte> bytes = reservation.Bytes;
        ref Event value = ref typed.Value;
        reservation.Submit();
        typed.Submit();
        requests.Dispose();

        bytes.Fill(9);
        value.Sequence = 5;

        Assert.Equal((9, 5ul), (bytes[^1], value.Sequence));
        programs.AssertReleased();
    }
}
