namespace BpfMaps;

/// <summary>Explains why the kernel did not accept an object as the value or the owner of a value of a map.</summary>
internal static class HeldObjectAdvice
{
    /// <summary>Returns a sentence about what is wrong with the object; <see langword="null"/> for other errors.</summary>
    public static string? ForUpdate(BpfMapType type, int errno) =>
        (type, errno) switch
        {
            (BpfMapType.ProgArray, Errno.EINVAL) =>
                "The descriptor is not one of a program, or the type of the program differs: all programs in the array, and those that use it, have the same type and expected attach type.",
            (BpfMapType.CgroupArray, Errno.EBADF) => "The descriptor is not one of the directory of a cgroup (version 2).",
            (BpfMapType.DevMap or BpfMapType.DevMapHash, Errno.EINVAL) =>
                "The network namespace of this process has no interface with this index, or the program was not loaded with the expected attach type BPF_XDP_DEVMAP.",
            (BpfMapType.CpuMap, Errno.ENODEV) => "The CPU is not possible on this machine.",
            (BpfMapType.CpuMap, Errno.EOVERFLOW) => "The queue of a CPU holds at most 16384 packets.",
            (BpfMapType.CpuMap, Errno.ENOMEM or Errno.EINVAL) =>
                "The program was not loaded with the expected attach type BPF_XDP_CPUMAP, or there is no memory for the queue.",
            (BpfMapType.XskMap, Errno.ENOBUFS) => "The socket is not bound to a queue of an interface (bind(2)).",
            (BpfMapType.XskMap, Errno.EOPNOTSUPP) => "The socket is not of the family AF_XDP.",
            (BpfMapType.SockMap or BpfMapType.SockHash, Errno.EOPNOTSUPP) =>
                "The map accepts connected or listening TCP sockets, bound or connected UDP sockets, and connected Unix sockets.",
            (BpfMapType.ReusePortSockArray, Errno.EINVAL) =>
                "The array accepts bound UDP sockets and listening TCP sockets, with SO_REUSEPORT set before they were bound.",
            (BpfMapType.ReusePortSockArray, Errno.EBUSY) =>
                "The socket is already in another slot or in another such array; it can be in only one.",
            (BpfMapType.XskMap or BpfMapType.SockMap or BpfMapType.SockHash or BpfMapType.ReusePortSockArray, Errno.ENOTSOCK) =>
                "The descriptor is not one of a socket.",
            (
                BpfMapType.ProgArray
                    or BpfMapType.ArrayOfMaps
                    or BpfMapType.HashOfMaps
                    or BpfMapType.XskMap
                    or BpfMapType.SockMap
                    or BpfMapType.SockHash
                    or BpfMapType.ReusePortSockArray,
                Errno.EBADF
            ) => "The descriptor is not open in this process.",
            _ => null,
        };

    /// <summary>
    /// Returns a sentence about what is wrong with the owner of a value in a local storage, whose descriptor is the key;
    /// <see langword="null"/> for other errors.
    /// </summary>
    public static string? ForOwner(BpfMapType type, int errno) =>
        (type, errno) switch
        {
            (BpfMapType.SkStorage, Errno.ENOTSOCK) => "The descriptor is not one of a socket.",
            (BpfMapType.SkStorage or BpfMapType.InodeStorage, Errno.EBADF) => "The descriptor is not open in this process.",
            (BpfMapType.TaskStorage, Errno.EBADF) =>
                "The descriptor is not one of a process or thread (pidfd_open(2)), or it is not open in this process.",
            (BpfMapType.CgrpStorage, Errno.EBADF) =>
                "The descriptor is not one of the directory of a cgroup, or it is not open in this process.",
            (BpfMapType.SkStorage, Errno.ENOMEM) =>
                "The option memory of the socket, which includes values of such maps, is limited by net.core.optmem_max.",
            _ => null,
        };

    /// <summary>Explains why a value cannot be added to an owner with a valid descriptor.</summary>
    public static string ForGoneOwner(BpfMapType type) =>
        type switch
        {
            BpfMapType.TaskStorage => "The process or thread has ended.",
            BpfMapType.CgrpStorage => "The cgroup was removed.",
            _ => "The owner no longer exists.",
        };
}
