namespace BpfMaps.Tests;

/// <summary>Results of older and newer kernels that differ from those of Linux 6.18.</summary>
internal static class OtherKernel
{
    private static readonly Version s_hasCpuFlags = new(7, 0);
    private static readonly Version s_ringsOverwrite = new(6, 19);
    private static readonly Version s_freezingNeedsWriteAccess = new(6, 5);
    private static readonly Version s_lockedValuesAreNotFrozen = new(6, 2);
    private static readonly Version s_stacksAreTakenOut = new(6, 18);
    private static readonly Version s_perCpuValuesAreChecked = new(6, 13);

    /// <summary>
    /// Gets whether commands on per-CPU maps take a flag for one CPU (BPF_F_CPU, 8) and one for all (BPF_F_ALL_CPUS, 16). Such kernels do
    /// not refuse NoExist and Exist together there, copy values without the padding of their slots, and check the access of a descriptor
    /// before the flags of a lookup. Seen in Linux 7.2; 6.18 does none of it.
    /// </summary>
    public static bool HasCpuFlags => TestHost.Linux >= s_hasCpuFlags;

    /// <summary>Gets whether a ring buffer may overwrite its oldest records (BPF_F_RB_OVERWRITE, bit 19). Seen in Linux 7.2.</summary>
    public static bool RingsOverwrite => TestHost.Linux >= s_ringsOverwrite;

    /// <summary>Gets flags that this kernel refuses in commands on maps of a type.</summary>
    /// <param name="type">The map type.</param>
    /// <param name="flags">Flags that Linux 6.18 refuses.</param>
    public static ulong[] Refused(BpfMapType type, params ulong[] flags) =>
        HasCpuFlags && MapTypeFacts.Of(type).IsPerCpu ? [.. flags.Where(static flag => flag is not (3 or 8))] : flags;

    /// <summary>Gets whether only a descriptor with write access can freeze a map, and a frozen map has no such access.</summary>
    public static bool FreezingNeedsWriteAccess => TestHost.Linux >= s_freezingNeedsWriteAccess;

    /// <summary>Gets whether BPF_MAP_LOOKUP_AND_DELETE_ELEM accepts flags; they came with the command for hashes.</summary>
    public static bool LookupAndDeleteHasFlags => TestHost.Linux >= KernelFeature.LookupAndDeleteOfHashes.First;

    /// <summary>Gets the error for a map that is frozen already.</summary>
    public static string FrozenTwice => FreezingNeedsWriteAccess ? "EPERM" : "EBUSY";

    /// <summary>
    /// Gets the errors for a value that is larger than the per-CPU allocator allows. Stable versions of older kernels may have either.
    /// </summary>
    public static int[] TooLargePerCpuValue => TestHost.Linux >= s_perCpuValuesAreChecked ? [Errno.E2BIG] : [Errno.E2BIG, Errno.ENOMEM];

    /// <summary>Gets the result of an operation in this kernel.</summary>
    /// <param name="type">The map type.</param>
    /// <param name="state">The state of the map.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="recent">The result of a recent kernel.</param>
    public static string Answer(BpfMapType type, MapState state, MapOperation operation, string recent)
    {
        if (operation == MapOperation.Freeze)
            return AnswerToFreezing(type, state, recent);
        if (recent is not (Tests.Answer.Ok or Tests.Answer.Miss))
            return recent;
        return operation switch
        {
            MapOperation.LookupBatch or MapOperation.LookupAndDeleteBatch or MapOperation.UpdateBatch or MapOperation.DeleteBatch => Before(
                KernelFeature.BatchesOf(type).First,
                recent
            ),
            MapOperation.LookupAndDelete when type == BpfMapType.StackTrace => Before(s_stacksAreTakenOut, recent),
            MapOperation.LookupAndDelete when MapTypeFacts.Of(type).IsHash => Before(KernelFeature.LookupAndDeleteOfHashes.First, recent),
            _ => recent,
        };
    }

    private static string AnswerToFreezing(BpfMapType type, MapState state, string recent) =>
        state == MapState.Frozen ? FrozenTwice
        : MapTypeFacts.Of(type).IsLocalStorage && TestHost.Linux < s_lockedValuesAreNotFrozen ? Tests.Answer.Ok
        : state == MapState.ReadOnly && !FreezingNeedsWriteAccess ? Tests.Answer.Ok
        : recent;

    private static string Before(Version first, string recent) => TestHost.Linux >= first ? recent : "ENOTSUPP";
}
