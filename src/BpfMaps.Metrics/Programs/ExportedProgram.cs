using BpfMaps.Interop;

namespace BpfMaps.Metrics.Programs;

/// <summary>A program with exported statistics.</summary>
internal sealed class ExportedProgram : IDisposable
{
    private readonly OwnedDescriptor _descriptor;

    /// <exception cref="ArgumentException">The descriptor does not belong to a program.</exception>
    public ExportedProgram(string name, int fileDescriptor)
    {
        Name = name;
        string? kind = ProcFs.DescriptorKind(fileDescriptor);
        if (kind?.Contains("bpf-prog", StringComparison.Ordinal) != true)
            throw new ArgumentException(
                $"{fileDescriptor} is not a descriptor of a BPF program: it is {kind ?? "not open"}.",
                nameof(fileDescriptor)
            );
        int errno = OwnedDescriptor.Adopt(Libc.Fcntl(fileDescriptor, Libc.FcntlDuplicateCloseOnExec, 0), out OwnedDescriptor? duplicate);
        _descriptor =
            duplicate ?? throw new IOException($"Duplicating the descriptor of program '{name}' failed: {Errno.Describe(errno)}.");
    }

    public string Name { get; }

    public ProgramStatistics? Read() => ProgramStatistics.Read(_descriptor);

    public void Dispose() => _descriptor.Dispose();
}
