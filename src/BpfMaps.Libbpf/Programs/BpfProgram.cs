using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A program that is loaded into the kernel, from this process or another one.</summary>
/// <remarks>Disposing closes the descriptor. The program stays loaded as long as a link, a pin or another descriptor holds it.</remarks>
public sealed class BpfProgram : IDisposable
{
    private readonly OwnedDescriptor _descriptor;

    internal BpfProgram(OwnedDescriptor descriptor, string? pinPath = null) => (_descriptor, PinPath) = (descriptor, pinPath);

    /// <summary>Gets the descriptor, for example to store the program in a map of programs.</summary>
    public SafeHandle Handle => _descriptor;

    /// <summary>Gets the properties of the program, including its current statistics (BPF_OBJ_GET_INFO_BY_FD, Linux 4.13).</summary>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    /// <exception cref="ObjectDisposedException">The program is disposed.</exception>
    public BpfProgramInfo Info => ProgramInfo.Read(_descriptor);

    /// <summary>
    /// Gets the path that the program was opened from or last pinned at with this object; <see langword="null"/> if there is none.
    /// </summary>
    public string? PinPath { get; private set; }

    /// <summary>Opens a pinned program (BPF_OBJ_GET, Linux 4.4).</summary>
    /// <param name="path">The pin, in a BPF file system.</param>
    /// <exception cref="BpfPermissionException">
    /// The mode of the pin or a missing capability denies access; the message says which.
    /// </exception>
    /// <exception cref="BpfException">The path does not exist (ENOENT), or the pin is not a program (EINVAL).</exception>
    public static BpfProgram OpenPinned(string path)
    {
        path = ObjectPins.FullPath(path);
        return new BpfProgram(ObjectPins.Open(path, PinKind.Program), path);
    }

    /// <summary>Opens a program by its id (BPF_PROG_GET_FD_BY_ID, Linux 4.13). Requires CAP_SYS_ADMIN.</summary>
    /// <param name="id">The id, see <see cref="BpfProgramInfo.Id"/> and <c>bpftool prog</c>.</param>
    /// <exception cref="BpfPermissionException">A capability is missing.</exception>
    /// <exception cref="BpfException">No program has this id (ENOENT).</exception>
    public static BpfProgram OpenById(uint id) => new(ObjectIds.Open(ObjectIds.Programs, id));

    /// <summary>
    /// Lists the programs of all processes in the order of their ids (BPF_PROG_GET_NEXT_ID, Linux 4.13). Requires CAP_SYS_ADMIN.
    /// </summary>
    /// <remarks>Programs that are loaded or unloaded during the enumeration may or may not be listed.</remarks>
    /// <exception cref="BpfPermissionException">A capability is missing.</exception>
    public static IEnumerable<BpfProgramInfo> EnumerateLoaded() => ObjectIds.Walk(ObjectIds.Programs, ProgramInfo.Read);

    /// <summary>
    /// Returns whether the kernel supports a program type. Loads a program of two instructions at each call (BPF_PROG_LOAD, Linux 3.18),
    /// and unloads it.
    /// </summary>
    /// <param name="type">The program type.</param>
    /// <exception cref="BpfPermissionException">A capability for loading such programs is missing.</exception>
    /// <exception cref="BpfException">A resource such as memory is exhausted, which says nothing about the type.</exception>
    public static bool SupportsType(BpfProgramType type) => ProgramTypeProbe.Run(type);

    /// <summary>
    /// Pins the program at a path in a BPF file system, which keeps it loaded without a process (BPF_OBJ_PIN, Linux 4.4).
    /// </summary>
    /// <param name="path">The path; directories that do not exist are created. The file name must not contain a '.'.</param>
    /// <exception cref="BpfPermissionException">The path is not in a BPF file system, or a privilege is missing (EPERM).</exception>
    /// <exception cref="BpfException">The path exists (EEXIST).</exception>
    public void Pin(string path)
    {
        path = ObjectPins.FullPath(path);
        ObjectPins.Pin(_descriptor, path, PinKind.Program);
        PinPath = path;
    }

    /// <summary>Removes the pin <see cref="PinPath"/>.</summary>
    /// <exception cref="InvalidOperationException">The program was neither pinned nor opened from a pin with this object.</exception>
    /// <exception cref="BpfException">The pin does not exist (ENOENT), or removing it was denied.</exception>
    public void Unpin()
    {
        ObjectPins.Remove(PinPath ?? throw ObjectPins.NoPath(PinKind.Program), PinKind.Program);
        PinPath = null;
    }

    /// <summary>Closes the descriptor.</summary>
    public void Dispose() => _descriptor.Dispose();
}
