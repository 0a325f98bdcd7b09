using System.Globalization;

namespace BpfMaps.Symbols.Processes;

/// <summary>A range of a process's memory, and the file that is mapped there.</summary>
/// <param name="Start">The first address.</param>
/// <param name="End">The address behind the last one.</param>
/// <param name="FileOffset">The place of <paramref name="Start"/> in the file, in bytes.</param>
/// <param name="Identity">The device and inode of the file, as text.</param>
/// <param name="Path">The path of the file, <c>[vdso]</c> or similar, or empty.</param>
internal readonly record struct MemoryMapping(ulong Start, ulong End, ulong FileOffset, string Identity, string Path)
{
    /// <summary>Gets whether a file is mapped, which may have been deleted or replaced since.</summary>
    public bool IsFile => Path.StartsWith('/');

    /// <summary>
    /// Gets the file's path for this process. The kernel's link to the mapped file itself also works for a file that has been deleted.
    /// </summary>
    public string FileIn(int processId) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/map_files/{Start:x}-{End:x}") is var link && File.Exists(link)
            ? link
            : string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/root{Path}");

    /// <summary>Reads a line of <c>/proc/PID/maps</c>.</summary>
    /// <returns><see langword="null"/> if the memory is not executable.</returns>
    public static MemoryMapping? Parse(string line)
    {
        // 7f06d8628000-7f06d87bd000 r-xp 00028000 fe:01 1311                       /usr/lib/x86_64-linux-gnu/libc.so.6
        string[] fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 5 || !fields[1].Contains('x', StringComparison.Ordinal))
            return null;
        int dash = fields[0].IndexOf('-', StringComparison.Ordinal);
        return new MemoryMapping(
            Hex(fields[0].AsSpan(0, dash)),
            Hex(fields[0].AsSpan(dash + 1)),
            Hex(fields[2]),
            $"{fields[3]} {fields[4]}",
            fields.Length > 5 ? fields[5].Replace("\\012", "\n", StringComparison.Ordinal) : ""
        );
    }

    private static ulong Hex(ReadOnlySpan<char> digits) => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
