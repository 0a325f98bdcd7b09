namespace BpfMaps.Tests;

/// <summary>Results of older kernels that differ from those of recent ones.</summary>
internal static class OlderKernel
{
    private static readonly Version s_freezingNeedsWriteAccess = new(6, 5);
    private static readonly Version s_lockedValuesAreNotFrozen = new(6, 2);
    private static readonly Version s_stacksAreTakenOut = new(6, 18);
    private static readonly Version s_perCpuValuesAreChecked = new(6, 13);

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
