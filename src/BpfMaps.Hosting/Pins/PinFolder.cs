using BpfMaps.Hosting.Interop;

namespace BpfMaps.Hosting;

/// <summary>The folder of the pins of an object.</summary>
internal sealed class PinFolder
{
    private const string Usual = "/sys/fs/bpf";

    private const string BpfFs = "bpf";

    /// <summary>Creates the folder, and mounts the BPF file system if there is none at its usual place.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="mounted">Called with the path of a file system that was mounted.</param>
    /// <exception cref="BpfException">The folder is not in a BPF file system, and none could be mounted.</exception>
    public PinFolder(string path, Action<string> mounted)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (Mounts.TypeOf(Path) != BpfFs)
        {
            if (!(Path + "/").StartsWith(Usual + "/", StringComparison.Ordinal))
                throw Failure(
                    Errno.EPERM,
                    $"The pin folder '{Path}' is not in a BPF file system. Use a folder below {Usual}, or mount one: "
                        + $"mount -t bpf bpf {System.IO.Path.GetDirectoryName(Path)}."
                );
            int errno = Mounts.Mount(BpfFs, Usual);
            if (errno != Errno.Ok)
                throw Failure(
                    errno,
                    $"The pin folder '{Path}' needs the BPF file system, which is not mounted, and mounting it failed: "
                        + $"{Errno.Name(errno)} ({errno}). Run 'mount -t bpf bpf {Usual}' as root, or give the process CAP_SYS_ADMIN."
                );
            mounted(Usual);
        }
        _ = Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string this[string name] => $"{Path}/{name}";

    /// <summary>
    /// Pins the maps of an object that is not loaded yet. Sections of variables, whose names contain a '.', cannot be pinned, and have the
    /// initial values of this version of the object.
    /// </summary>
    public void SetPaths(BpfObject bpfObject)
    {
        foreach (BpfObjectMap map in bpfObject.Maps)
        {
            if (!map.Name.Contains('.', StringComparison.Ordinal) && map.Type != BpfMapType.StructOps)
                map.PinPath ??= this[map.Name];
        }
    }

    /// <exception cref="BpfException">Something is pinned (EEXIST).</exception>
    public void ThrowIfUsed(BpfObject bpfObject)
    {
        string[] used =
        [
            .. bpfObject
                .Maps.Select(static map => map.PinPath)
                .OfType<string>()
                .Concat(bpfObject.Programs.Select(program => this[program.Name]))
                .Where(File.Exists),
        ];
        if (used.Length != 0)
            throw Failure(
                Errno.EEXIST,
                $"The BPF object '{bpfObject.Name}' was not loaded because of existing pins: {string.Join(", ", used)}. Another instance is "
                    + "running or has left them. Stop it and remove them, or set another PinPolicy."
            );
    }

    private static BpfException Failure(int errno, string message) => new(message, errno, BpfCommand.ObjPin.Name());
}
