using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Whether this process can use maps of the running kernel, and what is missing if not.</summary>
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
            new BpfMapCreateArguments { Type = BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1 },
            out SafeHandle? map);
        map?.Dispose();
        reason = errno switch
        {
            Errno.Ok => null,
            Errno.ENOSYS => "The system call bpf(2) is missing: the kernel was built without CONFIG_BPF_SYSCALL, or a sandbox hides it (ENOSYS).",
            Errno.EPERM or Errno.EACCES => $"The rights are missing: creating a map answered {Errno.Describe(errno)}. {KernelAdvice.Rights("BPF_MAP_CREATE")}",
            _ => $"The kernel refuses the simplest of maps with {Errno.Describe(errno)}. {KernelAdvice.For("BPF_MAP_CREATE", errno, path: null)}".TrimEnd(),
        };
        return reason is null;
    }

    public static PlatformNotSupportedException PlatformNotSupported() => new(UnsupportedPlatform());

    private static string UnsupportedPlatform() => OperatingSystem.IsLinux()
        ? $"The number of the system call bpf(2) is not known for {RuntimeInformation.ProcessArchitecture}; it is for x64, arm64, riscv64, loongarch64, s390x and ppc64le."
        : $"eBPF maps exist on Linux only; this is {RuntimeInformation.OSDescription}.";
}
