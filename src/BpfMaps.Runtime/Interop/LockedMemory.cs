using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>
/// The limit of locked memory (RLIMIT_MEMLOCK). Before Linux 5.11, the memory of maps counts against it, and the kernel refuses maps above
/// it with EPERM.
/// </summary>
internal static unsafe partial class LockedMemory
{
    /// <summary>The switch that turns raising the limit off.</summary>
    public const string RaiseSwitch = "BpfMaps.RaiseLockedMemoryLimit";

    private const int Resource = 8;
    private const ulong Unlimited = ulong.MaxValue;

    private static readonly Version s_firstWithoutLimit = new(5, 11);

    private static readonly Lock s_raising = new();

    private static bool s_isRaised;

    /// <summary>Gets whether the memory of maps counts against the limit.</summary>
    public static bool IsCounted { get; } = Environment.OSVersion.Version < s_firstWithoutLimit;

    /// <summary>Gets whether the limit may be raised.</summary>
    public static bool MayRaise => !AppContext.TryGetSwitch(RaiseSwitch, out bool isEnabled) || isEnabled;

    /// <summary>Gets the limit in bytes, or <see langword="null"/> if there is no limit.</summary>
    public static ulong? Limit => TryGet(out Limits limits) && limits.Soft != Unlimited ? limits.Soft : null;

    /// <summary>Removes the limit on kernels where the memory of maps counts against it, as libbpf does.</summary>
    /// <returns>
    /// <see langword="true"/> if the limit was raised, now or earlier, so that a refused operation can be tried again.
    /// </returns>
    public static bool TryRaise()
    {
        if (!IsCounted || !MayRaise)
            return false;
        // One at a time: a thread that found the limit raised by another must try again too.
        lock (s_raising)
            return s_isRaised || (s_isRaised = Raise());
    }

    private static bool Raise()
    {
        if (!TryGet(out Limits limits) || limits.Soft == Unlimited)
            return false;
        // Raising the hard limit requires CAP_SYS_RESOURCE; up to it, everybody may raise the soft limit.
        Limits unlimited = new(Unlimited, Unlimited);
        if (SetLimit(Resource, &unlimited) == 0)
            return true;
        Limits most = new(limits.Hard, limits.Hard);
        return limits.Soft < limits.Hard && SetLimit(Resource, &most) == 0;
    }

    private static bool TryGet(out Limits limits)
    {
        limits = default;
        fixed (Limits* pointer = &limits)
            return GetLimit(Resource, pointer) == 0;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, Limits* limits);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, Limits* limits);

    /// <summary><c>struct rlimit</c>.</summary>
    private readonly record struct Limits(ulong Soft, ulong Hard);
}
