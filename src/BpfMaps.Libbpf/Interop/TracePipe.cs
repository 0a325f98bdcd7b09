using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace BpfMaps.Interop;

/// <summary>The kernel's pipe of trace lines, read by a thread that can be stopped.</summary>
internal sealed unsafe class TracePipe : IDisposable
{
    private const int Chunk = 1 << 16;

    /// <summary>O_NONBLOCK, which is the same on the supported architectures.</summary>
    private const int OpenNonBlocking = 0x800;

    /// <summary>
    /// In nanoseconds. Kernels such as 6.1 report few lines only when their buffer is half full, so the pipe is read at least this often.
    /// </summary>
    private const int LongestWait = 100_000_000;

    private readonly OwnedDescriptor _pipe;
    private readonly OwnedDescriptor _stop;
    private volatile bool _isStopped;

    private TracePipe(OwnedDescriptor pipe, OwnedDescriptor stop) => (_pipe, _stop) = (pipe, stop);

    /// <summary>Opens the first path that exists.</summary>
    /// <exception cref="BpfException">None exists, or opening it was denied.</exception>
    public static TracePipe Open(string[] paths)
    {
        string path = Array.Find(paths, File.Exists) ?? paths[0];
        int errno;
        OwnedDescriptor? pipe;
        fixed (byte* name = Libc.NullTerminatedUtf8(path, stackalloc byte[128]))
            errno = OwnedDescriptor.Adopt(Libc.Open(name, Libc.OpenReadOnly | Libc.OpenCloseOnExec | OpenNonBlocking), out pipe);
        if (errno == Errno.Ok)
        {
            errno = EventCounter.Create(out OwnedDescriptor? stop);
            if (errno == Errno.Ok)
                return new(pipe!, stop!);
            pipe!.Dispose();
        }
        string? advice = errno switch
        {
            Errno.ENOENT => "tracefs is not mounted: 'mount -t tracefs tracefs /sys/kernel/tracing'.",
            Errno.EACCES or Errno.EPERM => "Only root can read it, unless tracefs was mounted with another owner or mode.",
            _ => null,
        };
        throw BpfException.Of($"Opening the trace pipe '{path}'", errno, BpfCommand.Open, mapName: null, advice);
    }

    /// <summary>Ends <see cref="ReadInto"/>.</summary>
    public void Stop()
    {
        _isStopped = true;
        EventCounter.Signal(_stop);
    }

    /// <summary>Reads lines until <see cref="Stop"/>. While the channel is full, lines stay in the kernel.</summary>
    public void ReadInto(ChannelWriter<string> lines)
    {
        byte[] buffer = new byte[Chunk];
        Decoder decoder = Encoding.UTF8.GetDecoder();
        char[] characters = new char[Chunk + 1];
        StringBuilder rest = new();
        PollDescriptor* descriptors = stackalloc PollDescriptor[2];
        while (!_isStopped)
        {
            descriptors[0] = new PollDescriptor { Descriptor = _pipe.Number, Events = Libc.PollIn };
            descriptors[1] = new PollDescriptor { Descriptor = _stop.Number, Events = Libc.PollIn };
            TimeSpecification limit = new() { Nanoseconds = LongestWait };
            _ = Libc.Poll(descriptors, 2, &limit, null);
            nint count;
            fixed (byte* pointer = buffer)
                count = Libc.Read(_pipe.Number, pointer, Chunk);
            if (count < 0 && Marshal.GetLastSystemError() is var errno and not (Errno.EAGAIN or Errno.EINTR))
            {
                lines.Complete(
                    BpfException.Of(
                        "Reading the trace pipe",
                        errno,
                        BpfCommand.Read,
                        mapName: null,
                        KernelAdvice.For(BpfCommand.Read, errno, path: null)
                    )
                );
                return;
            }
            if (count > 0)
                rest.Append(characters, 0, decoder.GetChars(buffer, 0, (int)count, characters, 0));
            WriteLines(rest, lines);
        }
        lines.Complete();
    }

    public void Dispose()
    {
        _pipe.Dispose();
        _stop.Dispose();
    }

    private void WriteLines(StringBuilder text, ChannelWriter<string> lines)
    {
        string whole = text.ToString();
        int start = 0;
        for (int end; (end = whole.IndexOf('\n', start)) >= 0; start = end + 1)
        {
            // A message that ends with a line break is followed by an empty line.
            if (end == start)
                continue;
            string line = whole[start..end];
            while (!lines.TryWrite(line))
            {
                if (_isStopped)
                    return;
                Thread.Sleep(1);
            }
        }
        text.Remove(0, start);
    }
}
