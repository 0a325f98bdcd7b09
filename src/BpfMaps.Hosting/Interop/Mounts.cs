using System.Runtime.InteropServices;

namespace BpfMaps.Hosting.Interop;

/// <summary>File systems of the machine.</summary>
internal static partial class Mounts
{
    /// <summary>Gets the type of the file system that contains a path, which need not exist.</summary>
    public static string TypeOf(string path)
    {
        string type = "";
        int longest = -1;
        foreach (string line in File.ReadLines("/proc/self/mounts"))
        {
            string[] fields = line.Split(' ');
            string point = fields[1].Replace("\\040", " ", StringComparison.Ordinal).TrimEnd('/');
            // Of several file systems at one path, the last one is on top.
            if (point.Length < longest || !(path + "/").StartsWith(point + "/", StringComparison.Ordinal))
                continue;
            longest = point.Length;
            type = fields[2];
        }
        return type;
    }

    /// <returns>0, or the error number.</returns>
    public static int Mount(string type, string path) => Mount(type, path, type, 0, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, nint data);
}
