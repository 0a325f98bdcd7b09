using BpfMaps.InMemory;

namespace BpfMaps;

// Advice for failures that are specific to this host and do not depend on a map.
public sealed partial class InMemoryBpfHost
{
    /// <inheritdoc/>
    internal override string? Explain(BpfCommand command, int errno, string? path) =>
        (command, errno) switch
        {
            _ when path is not null => ExplainPin(command, errno, path),
            (BpfCommand.MapCreate, Errno.ENOTSUPP) => SupportedMapTypes.Explain(),
            (BpfCommand.MapCreate, Errno.ENOMEM) => "The map needs more memory than this machine or container has.",
            _ => null,
        };

    private string? ExplainPin(BpfCommand command, int errno, string path)
    {
        switch (errno)
        {
            case Errno.EEXIST:
                return PinAdvice.Taken(path);
            case Errno.ENOENT or Errno.EPERM when !_tables.Pins.Covers(path):
                return PinAdvice.Elsewhere(path[..Math.Max(1, path.LastIndexOf('/'))], $"use a path below {PinRoot}.");
            case Errno.ENOENT when command != BpfCommand.ObjPin:
                return PinAdvice.Missing(path, isOpened: command == BpfCommand.ObjGet);
            case Errno.EPERM when path.AsSpan(PinRoot.Length).Contains('.'):
                return PinAdvice.Reserved(path);
            case Errno.ENOTDIR:
                return $"A parent of '{path}' is a pin, and nothing can be pinned below a pin.";
            case Errno.EACCES or Errno.EISDIR:
                return $"'{path}' is a directory: there are pins below it.";
            default:
                return null;
        }
    }
}
