using System.Runtime.InteropServices;
using BpfMaps.Interop;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

/// <summary>Descriptors of kernel objects that maps can hold, opened with system calls that the runtime does not use.</summary>
internal static unsafe partial class TestLibc
{
    private const int ProgramLoad = 5;
    private const int SocketFilter = 1;

    // These numbers are the same on all architectures.
    private const int FsOpen = 430;
    private const int FsConfig = 431;
    private const int FsMount = 432;
    private const int PidFdOpen = 434;

    /// <summary>Opens a file or directory for reading.</summary>
    public static SafeFileHandle Open(string path)
    {
        fixed (byte* pointer = Libc.NullTerminatedUtf8(path, stackalloc byte[256]))
            return Owned(Open(pointer, 0), $"open '{path}'");
    }

    /// <summary>Opens the root of the control groups through a detached mount that ends with the descriptor.</summary>
    public static SafeFileHandle OpenCgroupRoot()
    {
        const int configCreate = 6;
        fixed (byte* type = "cgroup2\0"u8)
        {
            using SafeFileHandle context = Owned((int)Syscall(FsOpen, (nint)type, 0, 0, 0, 0), "open a file system context");
            nint descriptor = context.DangerousGetHandle();
            Assert.Equal(0, Syscall(FsConfig, descriptor, configCreate, 0, 0, 0));
            return Owned((int)Syscall(FsMount, descriptor, 0, 0, 0, 0), "mount cgroup2");
        }
    }

    /// <summary>Loads a minimal program: <c>r0 = 0; exit</c>, a socket filter.</summary>
    public static SafeFileHandle LoadProgram()
    {
        ReadOnlySpan<ulong> instructions = [0x00000000_000000b7, 0x00000000_00000095];
        ReadOnlySpan<byte> license = "GPL\0"u8;
        fixed (ulong* code = instructions)
        fixed (byte* licensePointer = license)
        {
            ProgramLoadAttribute attribute = new()
            {
                Type = SocketFilter,
                InstructionCount = 2,
                Instructions = (ulong)code,
                License = (ulong)licensePointer,
            };
            return Owned(BpfSyscall.Invoke((BpfCommand)ProgramLoad, &attribute, (uint)sizeof(ProgramLoadAttribute)), "load a program");
        }
    }

    /// <summary>Opens a software event that programs can write samples to.</summary>
    public static SafeFileHandle OpenPerfEvent()
    {
        // perf_event_attr: type PERF_TYPE_SOFTWARE, size, config PERF_COUNT_SW_BPF_OUTPUT, sample_period 1, sample_type PERF_SAMPLE_RAW.
        ulong* attribute = stackalloc ulong[8];
        new Span<ulong>(attribute, 8).Clear();
        attribute[0] = 64UL << 32 | 1;
        attribute[1] = 10;
        attribute[2] = 1;
        attribute[3] = 1 << 10;
        int number = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 298,
            Architecture.S390x => 331,
            Architecture.Ppc64le => 319,
            _ => 241,
        };
        return Owned((int)Syscall(number, (nint)attribute, -1, 0, -1, 8), "open a perf event");
    }

    /// <summary>Opens a pidfd of this process.</summary>
    public static SafeFileHandle OpenThisProcess() => Owned((int)Syscall(PidFdOpen, Environment.ProcessId, 0, 0, 0, 0), "open a pidfd");

    /// <summary>Gives a file or a link another name, in one step and whatever has that name now.</summary>
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Syscall(nint number, nint argument1, nint argument2, nint argument3, nint argument4, nint argument5);

    private static SafeFileHandle Owned(int descriptor, string what)
    {
        Assert.True(descriptor >= 0, $"Could not {what}: {descriptor}, errno {Marshal.GetLastPInvokeError()}");
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [StructLayout(LayoutKind.Explicit, Size = 48)]
    private struct ProgramLoadAttribute
    {
        [FieldOffset(0)]
        public uint Type;

        [FieldOffset(4)]
        public uint InstructionCount;

        [FieldOffset(8)]
        public ulong Instructions;

        [FieldOffset(16)]
        public ulong License;
    }
}
