using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Opens and lists programs and links by their ids.</summary>
internal sealed record ObjectIds(string Name, BpfCommand OpenCommand, BpfCommand NextCommand)
{
    public static ObjectIds Programs { get; } = new("program", BpfCommand.ProgGetFdById, BpfCommand.ProgGetNextId);

    public static ObjectIds Links { get; } = new("link", BpfCommand.LinkGetFdById, BpfCommand.LinkGetNextId);

    public static OwnedDescriptor Open(ObjectIds kind, uint id)
    {
        int errno = KernelCall.OpenById(kind.OpenCommand, id, out OwnedDescriptor? descriptor);
        return errno == Errno.Ok ? descriptor! : throw OpenFailure(kind, id, errno);
    }

    /// <summary>Lists the objects that exist; those that are removed during the walk are skipped.</summary>
    public static IEnumerable<T> Walk<T>(ObjectIds kind, Func<OwnedDescriptor, T> read)
    {
        uint id = 0;
        while (true)
        {
            int errno = KernelCall.GetNextId(kind.NextCommand, id, out uint next);
            if (errno == Errno.ENOENT || (errno == Errno.Ok && next <= id))
                yield break;
            if (errno != Errno.Ok)
                throw BpfException.Of(
                    $"Listing the loaded {kind.Name}s",
                    errno,
                    kind.NextCommand,
                    mapName: null,
                    KernelAdvice.For(kind.NextCommand, errno, path: null)
                );
            id = next;
            errno = KernelCall.OpenById(kind.OpenCommand, id, out OwnedDescriptor? descriptor);
            // EAGAIN: a link that is being created.
            if (errno is Errno.ENOENT or Errno.EAGAIN)
                continue;
            if (errno != Errno.Ok)
                throw OpenFailure(kind, id, errno);
            using (descriptor)
                yield return read(descriptor!);
        }
    }

    private static BpfException OpenFailure(ObjectIds kind, uint id, int errno) =>
        BpfException.Of(
            $"Opening the {kind.Name} with id {id}",
            errno,
            kind.OpenCommand,
            mapName: null,
            errno == Errno.ENOENT ? $"No {kind.Name} has the id {id}." : KernelAdvice.For(kind.OpenCommand, errno, path: null)
        );
}
