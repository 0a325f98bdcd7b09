using System.Globalization;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Explains why the mode or owner of a pin or directory denies access.</summary>
internal static class PinAccess
{
    private const int OthersMayPass = 1;
    private const int Sticky = 0x200;

    /// <summary>Returns why a command on a pin was denied, if the cause is a mode or owner; otherwise <see langword="null"/>.</summary>
    public static string? WhyDenied(BpfCommand command, string path)
    {
        // Root is restricted too if it has given the capability away, as services do.
        if (Credentials.HasFileCapability && !ProcFs.IsInUserNamespace)
            return null;
        uint user = Credentials.UserId;

        string directory = Path.GetDirectoryName(path) ?? "/";
        if (FindClosedDirectory(directory, user) is { } closed)
            return closed;
        if (command == BpfCommand.ObjGet)
        {
            return Inodes.GetOwner(path, out uint owner, out int mode) == Errno.Ok
                ? $"The pin {Describe(path, owner, mode)}, and this process runs as {Process(user)}. A map is opened for reading and writing unless BpfMapAccess says otherwise: "
                    + "change the pin's owner or mode (chown, chmod), or run as its owner."
                : null;
        }

        if (Inodes.GetOwner(directory, out uint directoryOwner, out int directoryMode) != Errno.Ok || !Libc.IsInBpfFs(directory))
            return null;
        string sticky =
            (directoryMode & Sticky) != 0 && command != BpfCommand.ObjPin ? ", which lets only the owner of a pin remove it" : "";
        return $"The directory {Describe(directory, directoryOwner, directoryMode)}{sticky}, and this process runs as {Process(user)}: change its owner or mode, or run as its owner.";
    }

    /// <summary>Finds the first directory of a path that the user cannot search. Many systems mount bpffs with mode 0700.</summary>
    private static string? FindClosedDirectory(string directory, uint user)
    {
        // Directories below one that cannot be searched cannot be examined, so the deepest that can be examined is the cause.
        string candidate = directory;
        while (Inodes.GetOwner(candidate, out uint owner, out int mode) is var errno)
        {
            if (errno == Errno.Ok)
            {
                bool isOpen = (mode & OthersMayPass) != 0 || (owner == user && (mode & (OthersMayPass << 6)) != 0);
                return isOpen
                    ? null
                    : $"The directory {Describe(candidate, owner, mode)}, and this process runs as {Process(user)}, so it cannot reach the pin: "
                        + "change the directory's owner or mode (chown, chmod), or run as its owner.";
            }

            if (errno != Errno.EACCES || Path.GetDirectoryName(candidate) is not { } parent)
                return null;
            candidate = parent;
        }

        return null;
    }

    private static string Describe(string path, uint owner, int mode) =>
        $"'{path}' belongs to {Name(owner)} and has mode {Convert.ToString(mode, 8).PadLeft(4, '0')}";

    private static string Process(uint user) => user == 0 ? "root without CAP_DAC_OVERRIDE" : Name(user);

    private static string Name(uint user) => user == 0 ? "root" : string.Create(CultureInfo.InvariantCulture, $"user {user}");
}
