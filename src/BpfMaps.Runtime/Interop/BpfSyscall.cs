using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>The bpf(2) system call.</summary>
internal static unsafe class BpfSyscall
{
    /// <summary>The number of attempts for a command that fails with EAGAIN, as in libbpf.</summary>
    private const int AgainAttempts = 5;

    /// <summary>
    /// The number of attempts for a command that signals interrupt. More indicates a fake error, for example from a seccomp filter.
    /// </summary>
    private const int InterruptedAttempts = 1 << 20;

    // The optimizing JIT treats a static readonly field of a primitive type as a constant.
    private static readonly int s_number = OperatingSystem.IsLinux() ? NumberFor(RuntimeInformation.ProcessArchitecture) : -1;

    /// <summary>Gets whether this is Linux on an architecture with a known system call number.</summary>
    public static bool IsSupportedPlatform => s_number > 0;

    /// <summary>Gets the number of the system call on an architecture, or -1 if it is unknown.</summary>
    public static int NumberFor(Architecture architecture) =>
        architecture switch
        {
            Architecture.X64 => 321,
            Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 280,
            Architecture.S390x => 351,
            Architecture.Ppc64le => 361,
            _ => -1,
        };

    /// <summary>Issues a command.</summary>
    /// <returns>What the command returns (0, a descriptor), or the negated error number.</returns>
    public static int Invoke(BpfCommand command, void* attribute, uint size)
    {
        nint result = Libc.Syscall(s_number, (nint)command, (nint)attribute, (nint)size);
        return result >= 0 ? (int)result : Failed(command, attribute, size);
    }

    /// <summary>
    /// Reads the error of the call that has just failed, and repeats the call after a signal (EINTR) or a temporary lack of a resource
    /// (EAGAIN). A batch is not repeated, because its attribute then contains the number of processed elements instead of the number of
    /// elements.
    /// </summary>
    private static int Failed(BpfCommand command, void* attribute, uint size)
    {
        int attempts = 0;
        int interruptions = 0;
        while (true)
        {
            int errno = Marshal.GetLastSystemError();
            bool again = errno switch
            {
                Errno.EINTR => ++interruptions < InterruptedAttempts,
                Errno.EAGAIN => ++attempts < AgainAttempts,
                _ => false,
            };
            if (!again || command >= BpfCommand.MapLookupBatch)
                return -errno;

            nint result = Libc.Syscall(s_number, (nint)command, (nint)attribute, (nint)size);
            if (result >= 0)
                return (int)result;
        }
    }
}
