namespace BpfMaps;

// How an error number becomes a result or an exception that says what to do.
public sealed partial class RawMap
{
    /// <summary>The exception for a failed command on this map.</summary>
    internal Exception Failure(int errno, string command)
    {
        if (errno == Errno.EBADF && _handle.IsClosed)
            return new ObjectDisposedException(nameof(RawMap), $"Map {this} is disposed.");
        if (command == UpdateCommand && HeldObjectAdvice.ForUpdate(Type, errno) is { } advice)
            return NewHeldException(errno, command, advice);
        return BpfException.Of($"An operation on map {this}", errno, command, Name, Advice(errno, command));
    }

    /// <summary>What is refused is the object that was to be put in: an operation that there is not would be another exception.</summary>
    private BpfException NewHeldException(int errno, string command, string advice)
    {
        const string What = "Putting an object of the kernel's into map";
        return errno == Errno.EOPNOTSUPP
            ? new BpfException($"{What} {this} failed: {command} answered {Errno.Describe(errno)}. {advice}", errno, command, Name)
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
        // An array of sockets has a number of its own for a slot that is empty already.
        bool isEmptySlot = errno == Errno.EINVAL && command == DeleteCommand && Type == BpfMapType.SockMap;
        return errno == Errno.ENOENT || isEmptySlot ? false : throw Failure(errno, command);
    }

    private BpfUpdateResult UpdateResultOrThrow(int errno, string command) => errno switch
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
            return $"There is no such operation for maps of type {Type}.";
        if (errno == Errno.EBUSY && command == "BPF_MAP_FREEZE")
        {
            return Type == BpfMapType.Arena
                ? "To the kernel, an arena that was mapped for writing once remains so: freeze it before it is mapped."
                : "The map's memory is mapped writable, or is being written by a system call: dispose the views first, here and in other processes.";
        }

        if (errno == Errno.EBUSY && command == "mmap" && Type == BpfMapType.Arena)
            return $"An arena is mapped at one address only, and in this process something else is at that of this one (0x{(_arenaAddress != 0 ? _arenaAddress : Info.MapExtra):x}): perhaps a loader's mapping of it, or another RawMap's.";
        if (errno != Errno.EINVAL)
            return _host.Explain(command, errno, path: null);

        return command switch
        {
            DeleteCommand when Type is BpfMapType.Array or BpfMapType.PerCpuArray => "Elements of an array cannot be removed.",
            DeleteCommand when Type.HasNoCapacity() => "A process cannot remove values of such a map: attaching a program makes them, and they go with the control group or the map.",
            DeleteCommand or NextKeyCommand when KeySize == 0 => $"Maps of type {Type} have no keys.",
            "mmap" when !Flags.HasFlag(BpfMapFlags.Mmapable) => "Only a map created with BpfMapFlags.Mmapable can be mapped.",
            // To the kernel's memory management, a shared mapping of a file that cannot be written is a private one, and maps have none of those.
            "mmap" when _host.GetAccess(_handle) == BpfMapAccess.ReadOnly => "The kernel maps memory, even for reading, only of a descriptor that may also write: open the map with BpfMapAccess.ReadWrite.",
            "mmap" when Type == BpfMapType.Arena && Info.MapExtra == 0 => "The arena has been mapped before, by a loader, another RawMap or another process, at an address that the kernel does not tell: create it with an address (BpfMapSpec.MapExtra) for several to map it.",
            LookupCommand or UpdateCommand or LookupAndDeleteCommand when Type == BpfMapType.Arena => "An arena has no elements, but memory: use Map().",
            LookupCommand or UpdateCommand or LookupAndDeleteCommand => "The flags or the key do not fit this kind of map; Lock needs a value with a bpf_spin_lock that the map's BTF describes.",
            UpdateBatchCommand => "Batches of updates take no other flag than Lock (Linux 6.18).",
            _ => null,
        };
    }

    private string? WhyForbidden(string command)
    {
        BpfMapAccess access = _host.GetAccess(_handle);
        bool reads = command is LookupCommand or LookupAndDeleteCommand or NextKeyCommand or LookupBatchCommand or LookupAndDeleteBatchCommand or "mmap";
        bool writes = command is UpdateCommand or DeleteCommand or LookupAndDeleteCommand or UpdateBatchCommand or DeleteBatchCommand or LookupAndDeleteBatchCommand or "mmap" or "BPF_MAP_FREEZE";
        if (access == BpfMapAccess.ReadOnly && writes)
            return "This descriptor of the map is read-only.";
        if (access == BpfMapAccess.WriteOnly && reads)
            return "This descriptor of the map is write-only.";
        if (!writes)
            return null;

        string instead = command == "mmap" ? ", so map it with MapReadOnly()." : ".";
        int errno = _host.GetMapUsage(_handle, out BpfMapUsage usage);
        if (errno == Errno.Ok)
            return usage.IsFrozen ? "The map is frozen: user space can only read it" + instead : null;
        // Of a descriptor that may write, nothing else in the kernel's own code answers so.
        return $"The map is probably frozen: then user space can only read it{instead} It could not be asked for: /proc/self/fdinfo answered {Errno.Describe(errno)}.";
    }
}
