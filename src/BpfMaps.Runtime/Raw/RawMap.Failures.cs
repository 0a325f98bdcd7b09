using System.Diagnostics.CodeAnalysis;

namespace BpfMaps;

// How an error number becomes a result or an exception that says what to do.
public sealed partial class RawMap
{
    /// <summary>Creates the exception for a failed command on this map.</summary>
    internal Exception Failure(int errno, BpfCommand command)
    {
        if (errno == Errno.EBADF && _handle.IsClosed)
            return new ObjectDisposedException(nameof(RawMap), $"Map {this} is disposed.");
        if (command == BpfCommand.MapUpdateElem && HeldObjectAdvice.ForUpdate(Type, errno) is { } advice)
            return NewHeldException(errno, command, advice);
        return BpfException.Of($"An operation on map {this}", errno, command, Name, Advice(errno, command));
    }

    /// <summary>
    /// Creates the exception for an object that the map does not accept. EOPNOTSUPP is about the object here, not about the operation.
    /// </summary>
    private BpfException NewHeldException(int errno, BpfCommand command, string advice)
    {
        const string What = "Adding a kernel object to map";
        return errno == Errno.EOPNOTSUPP
            ? new BpfException(
                $"{What} {this} failed: {command.Name()} returned {Errno.Describe(errno)}. {advice}",
                errno,
                command.Name(),
                Name
            )
            : BpfException.Of($"{What} {this}", errno, command, Name, advice);
    }

    /// <summary>Throws instead of overwriting an element that must not exist.</summary>
    [DoesNotReturn]
    private void ThrowIgnoredTrieFlags() =>
        throw new BpfNotSupportedException(
            $"Map {this}: kernels before Linux 6.13 can ignore BPF_NOEXIST and BPF_EXIST for tries and overwrite the element. This kernel does, "
                + "or does not allow the process to find out: update the kernel (stable versions have the correction too), or use Set.",
            Errno.ENOTSUPP,
            BpfCommand.MapUpdateElem.Name(),
            Name
        );

    private static BpfException PinFailure(BpfHost host, int errno, BpfCommand command, string path, string? mapName)
    {
        string what = command switch
        {
            BpfCommand.ObjGet => $"Opening the pin '{path}'",
            BpfCommand.ObjPin => $"Pinning map '{mapName}' at '{path}'",
            _ => $"Removing the pin '{path}'",
        };
        return BpfException.Of(what, errno, command, mapName, host.Explain(command, errno, path));
    }

    /// <summary>Returns <see langword="false"/> for an error that means that there is no such element, and throws for any other.</summary>
    internal bool FalseOrThrow(int errno, BpfCommand command)
    {
        // An array of sockets returns another error number for an empty slot.
        bool isEmptySlot = errno == Errno.EINVAL && command == BpfCommand.MapDeleteElem && Type == BpfMapType.SockMap;
        return errno == Errno.ENOENT || isEmptySlot ? false : throw Failure(errno, command);
    }

    internal BpfUpdateResult UpdateResultOrThrow(int errno, BpfCommand command) =>
        errno switch
        {
            Errno.EEXIST => BpfUpdateResult.AlreadyExists,
            Errno.ENOENT => BpfUpdateResult.NotFound,
            Errno.E2BIG or Errno.ENOSPC => BpfUpdateResult.Full,
            _ => throw Failure(errno, command),
        };

    private string? Advice(int errno, BpfCommand command)
    {
        if (HeldObjectAdvice.ForOwner(Type, errno) is { } owner)
            return owner;
        if (errno is Errno.EPERM or Errno.EACCES)
            return WhyForbidden(command) ?? _host.Explain(command, errno, path: null);
        if (Errno.IsNotSupported(errno))
            return
                command == BpfCommand.MapLookupAndDeleteElem
                && Type is BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.PerCpuHash or BpfMapType.LruPerCpuHash
                ? "Linux 5.14 and later can look up and remove an element of a hash in one operation: look it up and remove it, or use Drain()."
                : $"Maps of type {Type} do not support the operation.";
        if (errno == Errno.EBUSY && command == BpfCommand.MapFreeze)
        {
            // Old kernels report a map that is already frozen like one that is in use.
            if (_host.GetMapUsage(_handle, out BpfMapUsage usage) == Errno.Ok && usage.IsFrozen)
                return "The map is already frozen.";
            return Type == BpfMapType.Arena
                ? "An arena counts as mapped for writing even after it is unmapped: freeze it before it is mapped."
                : "The memory of the map is mapped for writing, or a system call is writing to it: dispose the views first, in this and in other processes.";
        }

        if (errno == Errno.EBUSY && command == BpfCommand.Mmap && Type == BpfMapType.Arena)
            return $"The address of the arena (0x{(_arenaAddress != 0 ? _arenaAddress : Info.MapExtra):x}) is in use in this process, for example by the mapping of a loader or of another RawMap; an arena can only be mapped at its address.";
        if (errno != Errno.EINVAL)
            return _host.Explain(command, errno, path: null);

        return command switch
        {
            BpfCommand.MapDeleteElem when Type is BpfMapType.Array or BpfMapType.PerCpuArray => "Elements of an array cannot be removed.",
            BpfCommand.MapDeleteElem when Type.HasNoCapacity() =>
                "User space cannot remove values of this map: attaching a program creates them, and they are removed with the cgroup or the map.",
            BpfCommand.MapDeleteElem or BpfCommand.MapGetNextKey when KeySize == 0 => $"Maps of type {Type} have no keys.",
            BpfCommand.Mmap when !Flags.HasFlag(BpfMapFlags.Mmapable) => "Only a map created with BpfMapFlags.Mmapable can be mapped.",
            // The kernel treats a shared mapping of a file that cannot be written as a private one, which maps do not support.
            BpfCommand.Mmap when _host.GetAccess(_handle) == BpfMapAccess.ReadOnly =>
                "Mapping memory, even for reading, requires a writable descriptor: open the map with BpfMapAccess.ReadWrite.",
            BpfCommand.Mmap when Type == BpfMapType.Arena && Info.MapExtra == 0 =>
                "A loader, another RawMap or another process has mapped the arena at an address that the kernel does not report: create the arena with an address (BpfMapSpec.MapExtra) to map it more than once.",
            BpfCommand.MapLookupElem or BpfCommand.MapUpdateElem or BpfCommand.MapLookupAndDeleteElem when Type == BpfMapType.Arena =>
                "An arena has no elements: access its memory with Map().",
            BpfCommand.MapLookupElem or BpfCommand.MapUpdateElem or BpfCommand.MapLookupAndDeleteElem =>
                "The flags or the key are not valid for this map type; Lock requires a bpf_spin_lock in the BTF of the map.",
            BpfCommand.MapUpdateBatch => "Batch updates accept no flag other than Lock (Linux 6.18).",
            _ => null,
        };
    }

    private string? WhyForbidden(BpfCommand command)
    {
        BpfMapAccess access = _host.GetAccess(_handle);
        bool reads =
            command
            is BpfCommand.MapLookupElem
                or BpfCommand.MapLookupAndDeleteElem
                or BpfCommand.MapGetNextKey
                or BpfCommand.MapLookupBatch
                or BpfCommand.MapLookupAndDeleteBatch
                or BpfCommand.Mmap;
        bool writes =
            command
            is BpfCommand.MapUpdateElem
                or BpfCommand.MapDeleteElem
                or BpfCommand.MapLookupAndDeleteElem
                or BpfCommand.MapUpdateBatch
                or BpfCommand.MapDeleteBatch
                or BpfCommand.MapLookupAndDeleteBatch
                or BpfCommand.Mmap
                or BpfCommand.MapFreeze;
        if (access == BpfMapAccess.ReadOnly && writes)
            return "This descriptor of the map is read-only.";
        if (access == BpfMapAccess.WriteOnly && reads)
            return "This descriptor of the map is write-only.";
        if (!writes)
            return null;

        string instead = command == BpfCommand.Mmap ? ", so map it with MapReadOnly()." : ".";
        int errno = _host.GetMapUsage(_handle, out BpfMapUsage usage);
        if (errno == Errno.Ok)
            return usage.IsFrozen ? "The map is frozen, so user space can only read it" + instead : null;
        // For a writable descriptor, the kernel itself has no other reason for this error.
        return $"The map is probably frozen, so that user space can only read it{instead} This could not be verified: /proc/self/fdinfo returned {Errno.Describe(errno)}.";
    }
}
