using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// Determines whether the kernel honors BPF_NOEXIST and BPF_EXIST for tries. Before Linux 6.13 it ignores both and overwrites; stable
/// versions of older kernels have the correction too, so the version alone does not tell.
/// </summary>
internal static unsafe class TrieFlagsProbe
{
    private const ulong Any = 0;
    private const ulong NoExist = 1;

    private static readonly Version s_firstCorrect = new(6, 13);

    /// <returns>
    /// <see langword="false"/> if the flags are ignored; <see langword="null"/> if an old kernel does not allow this process to find out.
    /// </returns>
    public static bool? Run(KernelHost host)
    {
        if (Environment.OSVersion.Version >= s_firstCorrect)
            return true;
        BpfMapCreateArguments arguments = new()
        {
            Type = BpfMapType.LpmTrie,
            KeySize = sizeof(ulong),
            ValueSize = sizeof(uint),
            MaxEntries = 1,
            Flags = BpfMapFlags.NoPrealloc,
        };
        if (host.CreateMap(arguments, out SafeHandle? map) != Errno.Ok)
            return null;
        using (map)
        {
            ulong key = 0;
            uint value = 0;
            // A prefix of 0 bits exists after the first update, so the second must fail.
            return host.Update(map!, (byte*)&key, (byte*)&value, Any) == Errno.Ok
                ? host.Update(map!, (byte*)&key, (byte*)&value, NoExist) == Errno.EEXIST
                : null;
        }
    }
}
