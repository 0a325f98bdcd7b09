using System.Runtime.InteropServices;
using System.Text;
using BpfMaps.Queries.Assembly;

namespace BpfMaps.Queries.Running;

/// <summary>A program in the kernel.</summary>
internal sealed class LoadedProgram : IDisposable
{
    private const int UsualLogSize = 256 << 10;
    private const int LargestLogSize = 16 << 20;
    private const int LogTail = 20;

    private readonly BpfHost _host;
    private readonly SafeHandle _program;

    private LoadedProgram(BpfHost host, SafeHandle program)
    {
        _host = host;
        _program = program;
    }

    /// <summary>Loads a program (BPF_PROG_LOAD, Linux 5.14).</summary>
    /// <param name="host">The host.</param>
    /// <param name="code">The code.</param>
    /// <param name="maps">The maps, in the order of their indices in the code.</param>
    /// <param name="what">The purpose, for errors.</param>
    /// <exception cref="BpfException">The kernel rejected the program; the message has its code, and the end of the log.</exception>
    public static LoadedProgram Load(BpfHost host, ProgramCode code, ReadOnlySpan<SafeHandle> maps, string what)
    {
        int errno = host.LoadBtf(code.Btf, out SafeHandle? btf);
        if (errno != Errno.Ok)
            throw BpfException.Of(what, errno, BpfCommand.BtfLoad, mapName: null, host.Explain(BpfCommand.BtfLoad, errno, path: null));
        using (btf)
        {
            errno = host.LoadProgram(Arguments(code, maps, btf!, log: default), out SafeHandle? program);
            if (errno == Errno.Ok)
                return new LoadedProgram(host, program!);

            byte[] log = new byte[UsualLogSize];
            int again = host.LoadProgram(Arguments(code, maps, btf!, log), out program);
            if (again == Errno.ENOSPC)
            {
                // Before Linux 6.4, a log that is full ends before the reason.
                log = new byte[LargestLogSize];
                again = host.LoadProgram(Arguments(code, maps, btf!, log), out program);
            }
            if (again == Errno.Ok)
                return new LoadedProgram(host, program!);
            throw BpfException.Of(what, errno, BpfCommand.ProgLoad, mapName: null, Advice(host, errno, code, log));
        }
    }

    /// <summary>Runs the program once (BPF_PROG_TEST_RUN).</summary>
    public void Run(RawMap target)
    {
        int errno = _host.RunProgram(_program, out _);
        if (errno != Errno.Ok)
            throw target.Failure(errno, BpfCommand.ProgTestRun);
    }

    public void Dispose() => _program.Dispose();

    private static BpfProgramLoadArguments Arguments(ProgramCode code, ReadOnlySpan<SafeHandle> maps, SafeHandle btf, Span<byte> log) =>
        new()
        {
            Name = "bpfmaps_query"u8,
            Instructions = code.Words,
            Maps = maps,
            Btf = btf,
            Functions = code.FunctionInfo,
            Log = log,
        };

    private static string Advice(BpfHost host, int errno, ProgramCode code, byte[] log)
    {
        // The kernel overwrites what it wrote about paths that it found to be safe: the log ends at the first NUL.
        ReadOnlySpan<byte> written = log.AsSpan(0, Math.Max(0, log.AsSpan().IndexOf((byte)0)));
        string[] lines = Encoding.UTF8.GetString(written).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string? explanation = host.Explain(BpfCommand.ProgLoad, errno, path: null);
        return lines.Length == 0
            ? explanation ?? ""
            : $"{explanation}{Environment.NewLine}The end of the verifier's log:{Environment.NewLine}"
                + $"{string.Join(Environment.NewLine, lines.TakeLast(LogTail))}{Environment.NewLine}The program:{Environment.NewLine}{code}";
    }
}
