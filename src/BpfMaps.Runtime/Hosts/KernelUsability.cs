using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Checks whether this process can use maps of the running kernel.</summary>
internal static class KernelUsability
{
    public static bool Check(out string? reason)
    {
        reason = null;
        if (!BpfSyscall.IsSupportedPlatform)
        {
            reason = UnsupportedPlatform();
            return false;
        }

        int errno = KernelHost.Instance.CreateMap(
            new BpfMapCreateArguments
            {
                Type = BpfMapType.Array,
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 1,
            },
            out SafeHandle? map
        );
        map?.Dispose();
        reason = errno switch
        {
            Errno.Ok => null,
            Errno.ENOSYS =>
                $"The system call bpf(2) is not available: the kernel was built without CONFIG_BPF_SYSCALL, or a sandbox blocks it ({BpfCommand.MapCreate.Name()} returned {Errno.Describe(errno)}).",
            Errno.EPERM or Errno.EACCES =>
                $"Insufficient privileges: {BpfCommand.MapCreate.Name()} returned {Errno.Describe(errno)}. {KernelAdvice.Rights(BpfCommand.MapCreate)}",
            _ =>
                $"Creating a minimal map failed: {BpfCommand.MapCreate.Name()} returned {Errno.Describe(errno)}. {KernelAdvice.For(BpfCommand.MapCreate, errno, path: null)}".TrimEnd(),
        };
        return reason is null;
    }

    public static PlatformNotSupportedException PlatformNotSupported() => new(UnsupportedPlatform());

    private static string UnsupportedPlatform() =>
        OperatingSystem.IsLinux()
            ? $"The process architecture {RuntimeInformation.ProcessArchitecture} is not supported; supported are x64, arm64, riscv64, loongarch64, s390x and ppc64le."
            : $"eBPF maps require Linux; this is {RuntimeInformation.OSDescription}.";
}
