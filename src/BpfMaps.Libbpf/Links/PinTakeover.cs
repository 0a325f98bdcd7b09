using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Attaches a program or a struct_ops map with a pinned link, or takes over the link that is already pinned.</summary>
/// <param name="path">The pin.</param>
/// <param name="name">The program or map in messages, such as <c>of program 'count'</c>.</param>
/// <param name="program">Opens the program; <see langword="null"/> for a map.</param>
internal sealed class PinTakeover(string path, string name, Func<BpfProgram>? program = null)
{
    /// <summary>The pin of the new link until it replaces the old one. A process that is killed before that leaves it behind.</summary>
    private readonly string _temporaryPath = path + "_new";

    /// <summary>Gets the link after <see cref="Run"/>.</summary>
    public BpfLink? Result { get; private set; }

    public BpfLink Run(AttachRequest request)
    {
        if (Result is not null)
            throw new InvalidOperationException($"AttachOrUpdatePinned('{path}') attaches one link, but another one was requested.");
        RemoveLeftover();
        BpfLink? link;
        do link = TryOpen() is { } old ? TakeOver(old, request) : TryAttachAndPin(request);
        while (link is null);
        return Result = link;
    }

    private BpfKernelLink? TryOpen()
    {
        int errno = ObjectPins.TryOpen(path, PinKind.Link, out OwnedDescriptor? descriptor);
        return errno switch
        {
            Errno.Ok => new BpfKernelLink(descriptor!) { PinPath = path },
            Errno.ENOENT => null,
            _ => throw ObjectPins.Failure($"Opening the pin '{path}'", errno, BpfCommand.ObjGet, path, PinKind.Link),
        };
    }

    /// <returns><see langword="null"/> if another process has pinned a link since.</returns>
    private BpfLink? TryAttachAndPin(AttachRequest request)
    {
        BpfLink link = request.Attach();
        try
        {
            link.Pin(path);
            return link;
        }
        catch (BpfException exception) when (exception.Errno == Errno.EEXIST)
        {
            link.Dispose();
            return null;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    private BpfLink TakeOver(BpfKernelLink old, AttachRequest request)
    {
        bool keepsOld = false;
        try
        {
            BpfLinkInfo info = old.Info;
            if (request.UpdateLink is { } update && !info.IsDetached)
            {
                if (info.Type != BpfLinkType.StructOps)
                    throw Refusal($"is a link of type {info.Type}, but {BpfLinkType.StructOps} was requested");
                update(old);
                keepsOld = true;
                return old;
            }
            if (request.Target is { } target && !info.IsDetached)
            {
                if (target.DifferenceOf(info) is { } difference)
                    throw Refusal(difference);
                using BpfProgram replacement = program!();
                int errno = old.TryUpdate(replacement.Handle, expected: null);
                if (errno == Errno.Ok)
                {
                    keepsOld = true;
                    return old;
                }
                // ENOLINK: the target has been removed since.
                if (errno != Errno.ENOLINK)
                    throw LinkFailures.OfUpdate(old, errno, replacement, expected: null);
            }
            return Replace(info, request);
        }
        finally
        {
            if (!keepsOld)
                old.Dispose();
        }
    }

    /// <summary>Attaches a new link and puts its pin in the place of the old one, so that there is no moment without a program.</summary>
    private BpfLink Replace(BpfLinkInfo old, AttachRequest request)
    {
        BpfLink link = request.Attach();
        try
        {
            BpfLinkInfo created = link.Info;
            if (created.Type != old.Type)
                throw Refusal($"is a link of type {old.Type}, but {created.Type} was requested");
            if (!old.IsDetached && LinkTarget.Of(created).DifferenceOf(old) is { } difference)
                throw Refusal(difference);
            link.Pin(_temporaryPath);
            int errno = Files.Rename(_temporaryPath, path);
            if (errno != Errno.Ok)
            {
                link.Unpin();
                throw ObjectPins.Failure($"Replacing the pin '{path}'", errno, BpfCommand.Rename, path, PinKind.Link);
            }
            link.PinPath = path;
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    private void RemoveLeftover()
    {
        if (!File.Exists(_temporaryPath) || ObjectPins.TryOpen(_temporaryPath, PinKind.Link, out OwnedDescriptor? leftover) != Errno.Ok)
            return;
        leftover!.Dispose();
        ObjectPins.Remove(_temporaryPath, PinKind.Link);
    }

    private BpfException Refusal(string difference) =>
        new(
            $"The attachment {name} cannot take over the pinned link '{path}': it {difference}. Remove that link "
                + $"(BpfLink.OpenPinned(path), Unpin() and Dispose()), or use another path.",
            errno: 0,
            BpfCommand.ObjGet.Name()
        );
}
