namespace BpfMaps;

/// <summary>
/// The exception for a file or type information (BTF) that is invalid: truncated, corrupt, inconsistent, or in an unsupported format. The
/// message contains the file, the offset, what was expected and what was found.
/// </summary>
public sealed class BpfFormatException : FormatException
{
    /// <summary>Initializes a new instance for an offset in a file.</summary>
    /// <param name="fileName">The file name, or a description of the bytes.</param>
    /// <param name="offset">The offset in bytes from the start of the file.</param>
    /// <param name="problem">What was expected and what was found.</param>
    internal BpfFormatException(string fileName, long offset, string problem)
        : base($"{fileName}, offset 0x{offset:x}: {problem}.")
    {
        FileName = fileName;
        Offset = offset;
    }

    /// <summary>Gets the file name, or a description of bytes that do not come from a file.</summary>
    public string FileName { get; }

    /// <summary>Gets the offset of the problem in bytes from the start of the file.</summary>
    public long Offset { get; }
}
