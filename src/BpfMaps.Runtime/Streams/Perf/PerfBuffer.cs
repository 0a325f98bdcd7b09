using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The buffer of one CPU.</summary>
internal sealed class PerfBuffer : IDisposable
{
    private readonly SafeHandle _memory;

    private PerfBuffer(int cpu, SafeHandle descriptor, SafeHandle memory, int pages)
    {
        Cpu = cpu;
        Descriptor = descriptor;
        _memory = memory;
        Window = new PerfWindow(memory, pages);
        PerfWindow window = Window;
        Position = window.Tail;
    }

    public int Cpu { get; }

    public SafeHandle Descriptor { get; }

    public PerfWindow Window { get; }

    /// <summary>Gets or sets the position up to which records were read; visible to the kernel after <see cref="Publish"/>.</summary>
    public ulong Position { get; set; }

    public bool HasRecords
    {
        get
        {
            PerfWindow window = Window;
            return Volatile.Read(ref window.Head) != Position;
        }
    }

    /// <summary>Opens the buffer of a CPU and adds it to the map.</summary>
    /// <returns><see langword="false"/> if the CPU is offline.</returns>
    public static bool TryOpen(RawMap map, int cpu, int pages, [NotNullWhen(true)] out PerfBuffer? buffer)
    {
        buffer = null;
        int errno = map.Host.OpenPerfBuffer(cpu, pages, out SafeHandle? descriptor, out SafeHandle? memory);
        if (errno == Errno.ENODEV)
            return false;
        if (errno != Errno.Ok)
        {
            bool isOpen = descriptor is not null;
            descriptor?.Dispose();
            throw isOpen ? MappingFailure(map, errno, cpu, pages) : map.Failure(errno, BpfCommand.PerfEventOpen);
        }

        buffer = new PerfBuffer(cpu, descriptor!, memory!, pages);
        int number = (int)descriptor!.DangerousGetHandle();
        try
        {
            map.Update(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in cpu)), MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in number)));
            return true;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static BpfException MappingFailure(RawMap map, int errno, int cpu, int pages)
    {
        string what = $"Mapping the perf buffer of CPU {cpu} for map {map} with {pages} data pages";
        string? advice = map.Host.Explain(BpfCommand.MmapPerfBuffer, errno, path: null);
        return BpfException.Of(what, errno, BpfCommand.Mmap, map.Name, advice);
    }

    public void Publish()
    {
        PerfWindow window = Window;
        if (window.Tail != Position)
            Volatile.Write(ref window.Tail, Position);
    }

    public void Dispose()
    {
        _memory.Dispose();
        Descriptor.Dispose();
    }
}
