using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A program of a BPF object.</summary>
public sealed unsafe partial class BpfObjectProgram
{
    private readonly BpfObject _object;
    private readonly nint _program;

    internal BpfObjectProgram(BpfObject bpfObject, nint program, string name)
    {
        _object = bpfObject;
        _program = program;
        Name = name;
    }

    /// <summary>The name of its function.</summary>
    public string Name { get; }

    /// <summary>Its ELF section, which says what it is and where it attaches: <c>tracepoint/sched/sched_process_exec</c>.</summary>
    public string SectionName
    {
        get
        {
            _ = _object.Pointer();
            return Call.Text(Native.ProgramSectionName(_program));
        }
    }

    /// <summary>Whether the load loads it. Can be set before the load.</summary>
    /// <exception cref="InvalidOperationException">Set after the load.</exception>
    public bool AutoLoad
    {
        get
        {
            _ = _object.Pointer();
            return Native.ProgramAutoLoad(_program);
        }
        set
        {
            _object.CheckNotLoaded($"AutoLoad of program '{Name}'");
            _ = Call.Number($"Setting AutoLoad of program '{Name}'", "bpf_program__set_autoload", () => Native.ProgramSetAutoLoad(_program, value));
        }
    }

    /// <summary>The program's descriptor. The object owns it.</summary>
    /// <exception cref="InvalidOperationException">The object is not loaded yet, or <see cref="AutoLoad"/> was off.</exception>
    public int FileDescriptor
    {
        get
        {
            _object.CheckLoaded($"Program '{Name}'");
            int descriptor = Native.ProgramDescriptor(_program);
            return descriptor >= 0 ? descriptor : throw new InvalidOperationException($"Program '{Name}' was not loaded: its AutoLoad was off.");
        }
    }

    /// <summary>Runs the program in the kernel on data of the caller's, without attaching it (BPF_PROG_TEST_RUN, Linux 4.12).</summary>
    /// <param name="dataIn">The packet, for kinds that take one; empty otherwise.</param>
    /// <param name="dataOut">Receives the packet as the program left it; may be empty.</param>
    /// <param name="contextIn">The context, for kinds that take one: a struct of the kind's own, or the arguments of a raw tracepoint.</param>
    /// <param name="repeat">How often it runs; 0 means once. Raw tracepoints take only 0.</param>
    /// <exception cref="BpfObjectException">The kernel refused: not every kind of program can be run so, and the data must fit the kind.</exception>
    public BpfTestRunResult TestRun(ReadOnlySpan<byte> dataIn = default, Span<byte> dataOut = default, ReadOnlySpan<byte> contextIn = default, int repeat = 0)
    {
        int descriptor = FileDescriptor;
        fixed (byte* data = dataIn)
        fixed (byte* output = dataOut)
        fixed (byte* context = contextIn)
        {
            TestRunOptions options = new()
            {
                Size = (nuint)sizeof(TestRunOptions),
                DataIn = data,
                DataSizeIn = (uint)dataIn.Length,
                DataOut = output,
                DataSizeOut = (uint)dataOut.Length,
                ContextIn = context,
                ContextSizeIn = (uint)contextIn.Length,
                Repeat = repeat,
            };
            nint pointer = (nint)(&options);
            _ = Call.Number($"Running program '{Name}'", "bpf_prog_test_run_opts", () => Native.ProgramTestRun(descriptor, (TestRunOptions*)pointer));
            return new BpfTestRunResult(unchecked((int)options.ReturnValue), TimeSpan.FromTicks(options.Duration / 100), checked((int)options.DataSizeOut));
        }
    }
}

/// <summary>What a program did in a test run.</summary>
/// <param name="ReturnValue">What it returned.</param>
/// <param name="Duration">How long it took on average, to a resolution of 100 ns.</param>
/// <param name="DataLength">How many bytes of output there are.</param>
public readonly record struct BpfTestRunResult(int ReturnValue, TimeSpan Duration, int DataLength);
