using System.Runtime.InteropServices;
using BpfMaps.Interop;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

/// <summary>A loaded program of handwritten instructions, for tests of maps in use by programs.</summary>
internal sealed unsafe class TestProgram : IDisposable
{
    private const BpfCommand ProgramLoad = (BpfCommand)5;
    private const BpfCommand ProgramAttach = (BpfCommand)8;
    private const BpfCommand ProgramDetach = (BpfCommand)9;
    private const BpfCommand ProgramTestRun = (BpfCommand)10;

    private const BpfCommand RawTracepointOpen = (BpfCommand)17;
    private const BpfCommand LinkCreate = (BpfCommand)28;

    private const int LogSize = 1 << 16;

    private TestProgram(SafeFileHandle handle) => Handle = handle;

    public SafeFileHandle Handle { get; }

    /// <summary>Gets the program id, as maps return it.</summary>
    public uint Id
    {
        get
        {
            // struct bpf_prog_info: type, id, ...
            uint* info = stackalloc uint[4];
            ObjectInfoAttribute attribute = new()
            {
                BpfFd = (uint)Handle.DangerousGetHandle(),
                InfoLength = 16,
                Info = (ulong)info,
            };
            Assert.True(BpfSyscall.Invoke(BpfCommand.ObjGetInfoByFd, &attribute, (uint)sizeof(ObjectInfoAttribute)) >= 0);
            return info[1];
        }
    }

    /// <summary>Loads a program. On failure, the test fails with the verifier's log.</summary>
    public static TestProgram Load(ProgramType type, ReadOnlySpan<ulong> instructions, int expectedAttachType = 0)
    {
        byte[] log = new byte[LogSize];
        fixed (ulong* code = instructions)
        fixed (byte* license = "GPL\0"u8)
        fixed (byte* logBuffer = log)
        {
            LoadAttribute attribute = new()
            {
                Type = type,
                InstructionCount = (uint)instructions.Length,
                Instructions = (ulong)code,
                License = (ulong)license,
                LogLevel = 1,
                LogSize = LogSize,
                LogBuffer = (ulong)logBuffer,
                ExpectedAttachType = expectedAttachType,
            };
            int descriptor = BpfSyscall.Invoke(ProgramLoad, &attribute, (uint)sizeof(LoadAttribute));
            Assert.True(
                descriptor >= 0,
                $"BPF_PROG_LOAD failed: errno {-descriptor}: {System.Text.Encoding.UTF8.GetString(log).TrimEnd('\0')}"
            );
            return new TestProgram(new SafeFileHandle(descriptor, ownsHandle: true));
        }
    }

    /// <summary>Returns whether the kernel has programs of a type. Programs of some types may sleep.</summary>
    public static bool IsSupported(ProgramType type, uint flags = 0) => IsSupported(type, flags, Instruction.Return(0));

    /// <summary>Returns whether the kernel accepts a program.</summary>
    public static bool IsSupported(ProgramType type, uint flags, ReadOnlySpan<ulong> instructions)
    {
        fixed (ulong* code = instructions)
        fixed (byte* license = "GPL\0"u8)
        {
            LoadAttribute attribute = new()
            {
                Type = type,
                InstructionCount = (uint)instructions.Length,
                Instructions = (ulong)code,
                License = (ulong)license,
                Flags = flags,
            };
            int descriptor = BpfSyscall.Invoke(ProgramLoad, &attribute, (uint)sizeof(LoadAttribute));
            if (descriptor < 0)
                return false;
            new SafeFileHandle(descriptor, ownsHandle: true).Dispose();
            return true;
        }
    }

    /// <summary>Runs the program, on an empty packet if its type needs one, and returns its result.</summary>
    public int Run(bool takesPacket)
    {
        byte* packet = stackalloc byte[64];
        RunAttribute attribute = new()
        {
            ProgramDescriptor = (int)Handle.DangerousGetHandle(),
            DataSizeIn = takesPacket ? 64u : 0,
            DataIn = takesPacket ? (ulong)packet : 0,
        };
        int result = BpfSyscall.Invoke(ProgramTestRun, &attribute, (uint)sizeof(RunAttribute));
        Assert.True(result >= 0, $"BPF_PROG_TEST_RUN failed: errno {-result}");
        return attribute.ReturnValue;
    }

    /// <summary>Attaches the program to a control group until the result is disposed.</summary>
    public IDisposable Attach(SafeHandle controlGroup, int attachType)
    {
        AttachAttribute attribute = new()
        {
            Target = (int)controlGroup.DangerousGetHandle(),
            ProgramDescriptor = (int)Handle.DangerousGetHandle(),
            AttachType = attachType,
        };
        int result = BpfSyscall.Invoke(ProgramAttach, &attribute, (uint)sizeof(AttachAttribute));
        Assert.True(result >= 0, $"BPF_PROG_ATTACH failed: errno {-result}");
        return new Attachment(attribute);
    }

    /// <summary>Creates a link to a target; returns <see langword="null"/> if the kernel does not have such links.</summary>
    public SafeHandle? TryLink(SafeHandle target, int attachType) => TryLink((int)target.DangerousGetHandle(), attachType);

    /// <summary>Creates a link to a network interface; returns <see langword="null"/> if the kernel does not have such links.</summary>
    public SafeHandle? TryLink(int target, int attachType)
    {
        LinkAttribute attribute = new()
        {
            ProgramDescriptor = (int)Handle.DangerousGetHandle(),
            Target = target,
            AttachType = attachType,
        };
        int descriptor = BpfSyscall.Invoke(LinkCreate, &attribute, (uint)sizeof(LinkAttribute));
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Attaches the program to a raw tracepoint; returns <see langword="null"/> if the kernel refuses.</summary>
    public SafeHandle? TryOpenRawTracepoint(ReadOnlySpan<byte> name)
    {
        fixed (byte* pointer = name)
        {
            RawTracepointAttribute attribute = new() { Name = (ulong)pointer, ProgramDescriptor = (int)Handle.DangerousGetHandle() };
            int descriptor = BpfSyscall.Invoke(RawTracepointOpen, &attribute, (uint)sizeof(RawTracepointAttribute));
            return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        }
    }

    public void Dispose() => Handle.Dispose();

    [StructLayout(LayoutKind.Explicit, Size = 72)]
    private struct LoadAttribute
    {
        [FieldOffset(0)]
        public ProgramType Type;

        [FieldOffset(4)]
        public uint InstructionCount;

        [FieldOffset(8)]
        public ulong Instructions;

        [FieldOffset(16)]
        public ulong License;

        [FieldOffset(24)]
        public uint LogLevel;

        [FieldOffset(28)]
        public uint LogSize;

        [FieldOffset(32)]
        public ulong LogBuffer;

        [FieldOffset(44)]
        public uint Flags;

        [FieldOffset(68)]
        public int ExpectedAttachType;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct RunAttribute
    {
        [FieldOffset(0)]
        public int ProgramDescriptor;

        [FieldOffset(4)]
        public int ReturnValue;

        [FieldOffset(8)]
        public uint DataSizeIn;

        [FieldOffset(16)]
        public ulong DataIn;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct AttachAttribute
    {
        public int Target;
        public int ProgramDescriptor;
        public int AttachType;
        public uint Flags;
        public uint Replaced;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct RawTracepointAttribute
    {
        public ulong Name;
        public int ProgramDescriptor;
        public int Padding;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct LinkAttribute
    {
        public int ProgramDescriptor;
        public int Target;
        public int AttachType;
        public uint Flags;
    }

    private sealed class Attachment(AttachAttribute attribute) : IDisposable
    {
        public void Dispose()
        {
            AttachAttribute detached = attribute;
            Assert.True(BpfSyscall.Invoke(ProgramDetach, &detached, (uint)sizeof(AttachAttribute)) >= 0);
        }
    }
}

/// <summary>The program types (<c>enum bpf_prog_type</c>).</summary>
internal enum ProgramType
{
    SocketFilter = 1,
    SchedCls = 3,
    Xdp = 6,
    PerfEvent = 7,
    CgroupSkb = 8,
    RawTracepoint = 17,
    Syscall = 31,
}

/// <summary>BPF instructions, in the encoding of a little-endian kernel.</summary>
internal static class Instruction
{
    public const ulong Exit = 0x95;

    private const int StackPointer = 10;
    private const ulong LoadImmediate64 = 0x18;
    private const ulong MapDescriptor = 1;

    /// <summary><c>rN = number</c>.</summary>
    public static ulong Move(int register, int number) => 0xb7 | (ulong)register << 8 | (ulong)(uint)number << 32;

    /// <summary><c>rN = the end of the stack + offset</c>, two instructions.</summary>
    public static ulong[] MoveStack(int register, int offset) =>
        [0xbf | (ulong)register << 8 | (ulong)StackPointer << 12, 0x07 | (ulong)register << 8 | (ulong)(uint)offset << 32];

    /// <summary>Stores 4 bytes on the stack.</summary>
    public static ulong StoreOnStack(short offset, int number) =>
        0x62 | (ulong)StackPointer << 8 | (ulong)(ushort)offset << 16 | (ulong)(uint)number << 32;

    /// <summary>Calls a helper by its number.</summary>
    public static ulong Call(int helper) => 0x85 | (ulong)(uint)helper << 32;

    /// <summary><c>rN = &amp;map</c>, two instructions.</summary>
    public static ulong[] LoadMap(int register, RawMap map) =>
        [LoadImmediate64 | (ulong)register << 8 | MapDescriptor << 12 | (ulong)(uint)(int)map.Handle.DangerousGetHandle() << 32, 0];

    /// <summary><c>return number</c>.</summary>
    public static ulong[] Return(int number) => [Move(0, number), Exit];
}
