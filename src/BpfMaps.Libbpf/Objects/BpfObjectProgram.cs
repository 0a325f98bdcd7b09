using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A program of a BPF object.</summary>
public sealed unsafe partial class BpfObjectProgram
{
    private readonly BpfObject _object;
    private readonly nint _program;
    private int _offloadInterface;

    internal BpfObjectProgram(BpfObject bpfObject, nint program, string name)
    {
        _object = bpfObject;
        _program = program;
        Name = name;
    }

    /// <summary>Gets the name of the program's function.</summary>
    public string Name { get; }

    /// <summary>
    /// Gets the ELF section, which specifies the program's type and attach target, such as <c>tracepoint/sched/sched_process_exec</c>.
    /// </summary>
    public string SectionName
    {
        get
        {
            _ = _object.Pointer();
            return Call.Text(Native.ProgramSectionName(_program));
        }
    }

    /// <summary>Gets the type of the program, which the section determines.</summary>
    public BpfProgramType Type
    {
        get
        {
            _ = _object.Pointer();
            return (BpfProgramType)Native.ProgramType(_program);
        }
    }

    /// <summary>
    /// Gets or sets the index of the network interface whose card runs the program (<see cref="BpfXdpMode.Offload"/>); 0, the default, for
    /// none. It can be set only before the load; the maps of the program must be offloaded to the same card.
    /// </summary>
    /// <exception cref="InvalidOperationException">The property is set after the load.</exception>
    public int OffloadInterface
    {
        get => _offloadInterface;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _object.CheckNotLoaded($"OffloadInterface of program '{Name}'");
            Native.ProgramSetInterface(_program, (uint)value);
            _offloadInterface = value;
        }
    }

    /// <summary>Gets or sets whether the object's load includes the program. It can be set only before the load.</summary>
    /// <exception cref="InvalidOperationException">The property is set after the load.</exception>
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
            _ = Call.Number(
                $"Setting AutoLoad of program '{Name}'",
                "bpf_program__set_autoload",
                () => Native.ProgramSetAutoLoad(_program, value)
            );
        }
    }

    /// <summary>Gets or sets whether <see cref="BpfObject.AttachAll"/> attaches the program.</summary>
    public bool AutoAttach
    {
        get
        {
            _ = _object.Pointer();
            return Native.ProgramAutoAttach(_program);
        }
        set
        {
            _ = _object.Pointer();
            Native.ProgramSetAutoAttach(_program, value);
        }
    }

    /// <summary>Gets the descriptor of the program, which the object owns.</summary>
    /// <exception cref="InvalidOperationException">The object is not loaded yet, or <see cref="AutoLoad"/> was
    /// <see langword="false"/>.</exception>
    public int FileDescriptor
    {
        get
        {
            _object.CheckLoaded($"Program '{Name}'");
            int descriptor = Native.ProgramDescriptor(_program);
            return descriptor >= 0
                ? descriptor
                : throw new InvalidOperationException($"Program '{Name}' was not loaded because its AutoLoad is false.");
        }
    }

    /// <summary>Runs the program in the kernel on the given data without attaching it (BPF_PROG_TEST_RUN, Linux 4.12).</summary>
    /// <param name="dataIn">The packet, for program types that take one; otherwise empty.</param>
    /// <param name="dataOut">Receives the packet as modified by the program; may be empty.</param>
    /// <param name="contextIn">The context, for program types that take one: a struct of the program type, or the arguments of a raw
    /// tracepoint.</param>
    /// <param name="repeat">The number of runs; 0 means one run. Raw tracepoints accept only 0.</param>
    /// <exception cref="BpfObjectException">The kernel rejected the run: the program type does not support it, or the data is invalid for
    /// the program type.</exception>
    public BpfTestRunResult TestRun(
        ReadOnlySpan<byte> dataIn = default,
        Span<byte> dataOut = default,
        ReadOnlySpan<byte> contextIn = default,
        int repeat = 0
    )
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
            _ = Call.Number(
                $"Running program '{Name}'",
                "bpf_prog_test_run_opts",
                () => Native.ProgramTestRun(descriptor, (TestRunOptions*)pointer)
            );
            return new BpfTestRunResult(
                unchecked((int)options.ReturnValue),
                TimeSpan.FromTicks(options.Duration / 100),
                checked((int)options.DataSizeOut)
            );
        }
    }
}
