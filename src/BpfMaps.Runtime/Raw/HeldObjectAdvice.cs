namespace BpfMaps;

/// <summary>Says why the kernel may have refused to put one of its objects into a map, or to find what belongs to one.</summary>
internal static class HeldObjectAdvice
{
    /// <summary>What is wrong with the object, as a sentence; <see langword="null"/> for errors that do not lie in it.</summary>
    public static string? ForUpdate(BpfMapType type, int errno) => (type, errno) switch
    {
        (BpfMapType.ProgArray, Errno.EINVAL) => "The descriptor is not that of a program, or of one of another type than the array's: all its programs, and those that use it, have one type and one expected attach type.",
        (BpfMapType.CgroupArray, Errno.EBADF) => "The descriptor is not that of the directory of a control group of version 2.",
        (BpfMapType.DevMap or BpfMapType.DevMapHash, Errno.EINVAL) => "The network namespace of this process has no interface with this index, or the program is not one that was loaded for interfaces in maps (expected attach type BPF_XDP_DEVMAP).",
        (BpfMapType.CpuMap, Errno.ENODEV) => "This machine can have no CPU with this number.",
        (BpfMapType.CpuMap, Errno.EOVERFLOW) => "The queue of a CPU has room for at most 16384 packets.",
        (BpfMapType.CpuMap, Errno.ENOMEM) => "The program is not one that was loaded for CPUs in maps (expected attach type BPF_XDP_CPUMAP), or there is no memory for the queue.",
        (BpfMapType.XskMap, Errno.EOPNOTSUPP) => "The socket is not of the family AF_XDP.",
        (BpfMapType.SockMap or BpfMapType.SockHash, Errno.EOPNOTSUPP) => "The map takes TCP sockets that are connected or listen, UDP sockets that are bound or connected, and connected Unix sockets.",
        (BpfMapType.ReusePortSockArray, Errno.EINVAL) => "The array takes UDP sockets that are bound and TCP sockets that listen, with SO_REUSEPORT set before they were bound.",
        (BpfMapType.ReusePortSockArray, Errno.EBUSY) => "The socket is in another slot, or in another such array: it can be in one only.",
        (BpfMapType.XskMap or BpfMapType.SockMap or BpfMapType.SockHash or BpfMapType.ReusePortSockArray, Errno.ENOTSOCK) => "The descriptor is not that of a socket.",
        (BpfMapType.ProgArray or BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps or BpfMapType.XskMap or BpfMapType.SockMap or BpfMapType.SockHash or BpfMapType.ReusePortSockArray, Errno.EBADF) => "The descriptor is not open in this process.",
        _ => null,
    };

    /// <summary>What is wrong with the owner of a local storage's value, whose descriptor is the key; <see langword="null"/> for errors that do not lie in it.</summary>
    public static string? ForOwner(BpfMapType type, int errno) => (type, errno) switch
    {
        (BpfMapType.SkStorage, Errno.ENOTSOCK) => "The descriptor is not that of a socket.",
        (BpfMapType.SkStorage or BpfMapType.InodeStorage, Errno.EBADF) => "The descriptor is not open in this process.",
        (BpfMapType.TaskStorage, Errno.EBADF) => "The descriptor is not one of a process or a thread, as pidfd_open(2) gives, or it is not open in this process.",
        (BpfMapType.CgrpStorage, Errno.EBADF) => "The descriptor is not that of a control group's directory, or it is not open in this process.",
        (BpfMapType.SkStorage, Errno.ENOMEM) => "What a socket holds beside its data, values of such maps among it, counts against net.core.optmem_max.",
        _ => null,
    };

    /// <summary>Why an owner takes no value although its descriptor is a good one.</summary>
    public static string ForGoneOwner(BpfMapType type) => type switch
    {
        BpfMapType.TaskStorage => "The process or thread has ended, and what belonged to it has gone.",
        BpfMapType.CgrpStorage => "The control group was removed, and what belonged to it has gone.",
        _ => "What the value would belong to has gone.",
    };
}
