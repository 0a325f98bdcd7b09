namespace BpfMaps;

// How an error number becomes a result or an exception that says what to do.
public sealed partial class RawMap
{
    /// <summary>Creates the exception for a failed command on this map.</summary>
    internal Exception Failure(int errno, string command)
    {
        if (errno == Errno.EBADF && _handle.IsClosed)
            return new ObjectDisposedException(nameof(RawMap), $"Map {this} is disposed.");
        if (command == UpdateCommand && HeldObjectAdvice.ForUpdate(Type, errno) is { } advice)
            return NewHeldException(errno, command, advice);
        return BpfException.Of($"An operation on map {this}", errno, command, Name, Advice(errno, command));
    }

    /// <summary>
    /// Creates the exception for an object that the map does not accept. EOPNOTSUPP is about the object here, not about the operation.
    /// </summary>
    private BpfException NewHeldException(int errno, string command, string advice)
    {
        const string What = "Adding a kernel object to map";
        return errno == Errno.EOPNOTSUPP
            ? new BpfException($"{What} {this} failed: {command} returned {Errno.Describe(errno)}. {advice}", errno, command, Name)
            : BpfException.Of($"{What} {this}", errno, command, Name, advice);
    }

    private static BpfException PinFailure(BpfHost host, int errno, string command, string path, string? mapName)
    {
        string what = command switch
        {
            "BPF_OBJ_GET" => $"Opening the pin '{path}'",
            "BPF_OBJ_PIN" => $"Pinning map '{mapName}' at '{path}'",
            _ => $"Removing the pin '{path}'",
        };
        return BpfException.Of(what, errno, command, mapName, host.Explain(command, errno, path));
    }

    /// <summary>Returns <see langword="false"/> for an error that means that there is no such element, and throws for any other.</summary>
    private bool FalseOrThrow(int errno, string command)
    {
        // An array of sockets returns another error number for an empty slot.
        bool isEmptySlot = errno == Errno.EINVAL && command == DeleteCommand && Type == BpfMapType.SockMap;
        return errno == Errno.ENOENT || isEmptySlot ? false : throw Failure(errno, command);
    }

    private BpfUpdateResult UpdateResultOrThrow(int errno, string command) =>
        errno switch
        {
            Errno.EEXIST => BpfUpdateResult.AlreadyExists,
            Errno.ENOENT => BpfUpdateResult.NotFound,
            Errno.E2BIG or Errno.ENOSPC => BpfUpdateResult.Full,
            _ => throw Failure(errno, command),
        };

    private string? Advice(int errno, string command)
    {
        if (HeldObjectAdvice.ForOwner(Type, errno) is { } owner)
            return owner;
        if (errno is Errno.EPERM or Errno.EACCES)
            return WhyForbidden(command) ?? _host.Explain(command, errno, path: null);
        if (Errno.IsNotSupported(errno))
            return $"Maps of type {Type} do not support the operation.";
        if (errno == Errno.EBUSY && command == "BPF_MAP_FREEZE")
        {
            return Type == BpfMapType.Arena
                ? "An arena counts as mapped for writing even after it is unmapped: freeze it before it is mapped."
                : "The memory of the map is mapped for writing, or a system call is writing to it: dispose the views first, in this and in other processes.";
        }

        if (errno == Errno.EBUSY && command == "mmap" && Type == BpfMapType.Arena)
            return $"The address of the arena (0x{(_arenaAddress != 0 ? _arenaAddress : Info.MapExtra):x}) is in use in this process, for example by the mapping of a loader or of another RawMap; an arena can only be mapped at its address.";
        if (errno != Errno.EINVAL)
            return _host.Explain(command, errno, path: null);

        return command switch
        {
            DeleteCommand when Type is BpfMapType.Array or BpfMapType.PerCpuArray => "Elements of an array cannot be removed.",
            DeleteCommand when Type.HasNoCapacity() =>
                "User space cannot remove values of this map: attaching a program creates them, and they are removed with the cgroup or the map.",
            DeleteCommand or NextKeyCommand when KeySize == 0 => $"Maps of type {Type} have no keys.",
            "mmap" when !Flags.HasFlag(BpfMapFlags.Mmapable) => "Only a map created with BpfMapFlags.Mmapable can be mapped.",
            // The kernel treats a shared mapping of a file that cannot be written as a private one, which maps do not support.
            "mmap" when _host.GetAccess(_handle) == BpfMapAccess.ReadOnly =>
                "Mapping memory, even for reading, requires a writable descriptor: open the map with BpfMapAccess.ReadWrite.",
            "mmap" when Type == BpfMapType.Arena && Info.MapExtra == 0 =>
                "A loader, another RawMap or another process has mapped the arena at an address that the kernel does not report: create the arena with an address (BpfMapSpec.MapExtra) to map it more than once.",
            LookupCommand or UpdateCommand or LookupAndDeleteCommand when Type == BpfMapType.Arena =>
                "An arena has no elements: access its memory with Map().",
            LookupCommand or UpdateCommand or LookupAndDeleteCommand =>
                "The flags or the key are not valid for this map type; Lock requires a bpf_spin_lock in the BTF of the map.",
            UpdateBatchCommand => "Batch updates accept no flag other than Lock (Linux 6.18).",
            _ => null,
        };
    }

    private string? WhyForbidden(string command)
    {
        BpfMapAccess access = _host.GetAccess(_handle);
        bool reads =
            command
            is LookupCommand
                or LookupAndDeleteCommand
                or NextKeyCommand
                or LookupBatchCommand
                or LookupAndDeleteBatchCommand
                or "mmap";
        bool writes =
            command
            is UpdateCommand
                or DeleteCommand
                or LookupAndDeleteCommand
                or UpdateBatchCommand
                or DeleteBatchCommand
                or LookupAndDeleteBatchCommand
                or "mmap"
                or "BPF_MAP_FREEZE";
        if (access == BpfMapAccess.ReadOnly && writes)
            return "This descriptor of the map is read-only.";
        if (access == BpfMapAccess.WriteOnly && reads)
            return "This descriptor of the map is write-only.";
        if (!writes)
            return null;

        string instead = command == "mmap" ? ", so map it with MapReadOnly()." : ".";
        int errno = _host.GetMapUsage(_handle, out BpfMapUsage usage);
        if (errno == Errno.Ok)
            return usage.IsFrozen ? "The map is frozen, so user space can only read it" + instead : null;
        // For a writable descriptor, the kernel itself has no other reason for this error.
        return $"The map is probably frozen, so that user space can only read it{instead} This could not be verified: /proc/self/fdinfo returned {Errno.Describe(errno)}.";
    }
}
