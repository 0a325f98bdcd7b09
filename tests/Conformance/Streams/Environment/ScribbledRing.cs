namespace BpfMaps.Tests;

/// <summary>A second mapping of a ring, which writes to it what neither side of the ring would write.</summary>
internal sealed class ScribbledRing : IDisposable
{
    private readonly RawMap _map;
    private readonly RingMemory _memory;

    /// <param name="map">The ring, which this object closes.</param>
    public ScribbledRing(RawMap map)
    {
        _map = map;
        _memory = RingMemory.Map(map);
    }

    public ulong Consumer
    {
        get => Volatile.Read(ref Window.ConsumerPosition);
        set => Volatile.Write(ref Window.ConsumerPosition, value);
    }

    public ulong Producer
    {
        get => Volatile.Read(ref Window.ProducerPosition);
        set => Volatile.Write(ref Window.ProducerPosition, value);
    }

    private RingWindow Window => _memory.Window;

    public void SetHeader(ulong position, uint header) => Window.Header(position) = header;

    /// <summary>Writes the position of the side that the mapping may write: one that is likely to be believed, or any.</summary>
    public void ScribblePosition(Random random)
    {
        ulong size = Window.Size;
        ulong position = random.Next(8) switch
        {
            0 => 0,
            1 => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
            2 => Consumer + size,
            3 => Producer + (ulong)random.Next((int)size),
            4 => Producer - (ulong)random.Next((int)size),
            5 => Consumer + (8 * (ulong)random.Next((int)size / 8)),
            6 => Consumer + (ulong)random.Next(8),
            _ => Producer,
        };
        if (IsConsumer)
            Consumer = position;
        else
            Producer = position;
    }

    /// <summary>Writes a header somewhere.</summary>
    public void ScribbleHeader(Random random)
    {
        uint length = random.Next(3) switch
        {
            0 => (uint)random.Next(64),
            1 => (uint)random.Next((int)Window.Size * 2),
            _ => (uint)random.NextInt64(uint.MaxValue),
        };
        SetHeader(
            8 * (ulong)random.Next((int)Window.Size / 8),
            length | (random.Next(4) == 0 ? RingWindow.Discarded : 0) | (random.Next(8) == 0 ? RingWindow.Busy : 0)
        );
    }

    public void Dispose()
    {
        _memory.Dispose();
        _map.Dispose();
    }

    private bool IsConsumer => _map.Type == BpfMapType.RingBuf;
}
