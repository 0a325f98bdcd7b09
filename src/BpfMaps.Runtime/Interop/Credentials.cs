using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>
/// The capabilities, user and limits of the calling thread, read with system calls that require neither /proc nor a descriptor.
/// </summary>
internal static unsafe partial class Credentials
{
    private const int CapDacOverride = 1;
    private const int CapNetAdmin = 12;
    private const int CapIpcLock = 14;
    private const int CapSysAdmin = 21;
    private const int CapPerfmon = 38;
    private const int CapBpf = 39;

    /// <summary>_LINUX_CAPABILITY_VERSION_3: 64 capabilities, in two halves.</summary>
    private const uint CapabilityVersion = 0x20080522;

    private const int AddressSpaceLimit = 9;

    /// <summary>Gets the effective user id of the calling thread.</summary>
    public static uint UserId => GetEffectiveUserId();

    /// <summary>Gets whether this thread may use BPF: CAP_BPF, or CAP_SYS_ADMIN, which implies it.</summary>
    public static bool HasBpfCapability => Has(CapBpf) || Has(CapSysAdmin);

    /// <summary>Gets whether the modes and owners of files do not restrict this thread: CAP_DAC_OVERRIDE.</summary>
    public static bool HasFileCapability => Has(CapDacOverride);

    /// <summary>Gets whether this thread may create map types of the network: CAP_NET_ADMIN, or CAP_SYS_ADMIN.</summary>
    public static bool HasNetworkCapability => Has(CapNetAdmin) || Has(CapSysAdmin);

    /// <summary>
    /// Gets whether this thread may open perf events regardless of kernel.perf_event_paranoid: CAP_PERFMON, or CAP_SYS_ADMIN.
    /// </summary>
    public static bool HasPerfCapability => Has(CapPerfmon) || Has(CapSysAdmin);

    /// <summary>Gets whether this thread may lock memory above limits: CAP_IPC_LOCK.</summary>
    public static bool HasLockCapability => Has(CapIpcLock);

    /// <summary>Gets whether this thread has the capability of the administrator: CAP_SYS_ADMIN.</summary>
    public static bool HasAdminCapability => Has(CapSysAdmin);

    /// <summary>
    /// Gets the limit of the address space in bytes (RLIMIT_AS), or <see langword="null"/> without a limit.
    /// </summary>
    public static ulong? AddressSpace
    {
        get
        {
            ulong* limits = stackalloc ulong[2];
            return GetLimit(AddressSpaceLimit, limits) == 0 && limits[0] != ulong.MaxValue ? limits[0] : null;
        }
    }

    private static bool Has(int capability)
    {
        uint* header = stackalloc uint[2];
        (header[0], header[1]) = (CapabilityVersion, 0);
        // Effective, permitted and inheritable capabilities, first the lower 32, then the upper 32.
        uint* sets = stackalloc uint[6];
        return GetCapabilities(header, sets) == 0 && (sets[capability / 32 * 3] >> (capability % 32) & 1) != 0;
    }

    [LibraryImport("libc", EntryPoint = "capget")]
    private static partial int GetCapabilities(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, ulong* limits);
}
