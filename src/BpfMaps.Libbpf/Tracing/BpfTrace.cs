using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The output of bpf_printk (bpf_trace_printk) of all programs.</summary>
public static class BpfTrace
{
    private const int BufferedLines = 4096;

    private static readonly string[] s_pipes = ["/sys/kernel/tracing/trace_pipe", "/sys/kernel/debug/tracing/trace_pipe"];

    /// <summary>
    /// Reads the lines that programs print with bpf_printk, as they come (trace_pipe in tracefs). Reading requires root, or access to
    /// tracefs.
    /// </summary>
    /// <remarks>
    /// The kernel has one pipe for the whole machine: the lines of all programs come through it, together with those of other tracing that
    /// is switched on, and each line goes to only one of several readers. It is for debugging; use a ring buffer for data.
    /// </remarks>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="BpfException">tracefs is not mounted (ENOENT), or reading the pipe was denied (EACCES).</exception>
    public static async IAsyncEnumerable<BpfTraceLine> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using TracePipe pipe = TracePipe.Open(s_pipes);
        Channel<string> lines = Channel.CreateBounded<string>(
            new BoundedChannelOptions(BufferedLines) { SingleReader = true, SingleWriter = true }
        );
        Thread reader = new(() => pipe.ReadInto(lines.Writer)) { IsBackground = true, Name = "BpfTrace" };
        reader.Start();
        try
        {
            await foreach (string line in lines.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return BpfTraceLine.Parse(line);
        }
        finally
        {
            pipe.Stop();
            reader.Join();
        }
    }
}
