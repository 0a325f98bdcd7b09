namespace BpfMaps;

/// <summary>
/// A file, or a description of types (BTF), is not what it claims to be: cut off, corrupt, contradicting itself, or of a kind that cannot be read.
/// The message names the file, the place in it, what was expected and what is there.
/// </summary>
public sealed class BpfFormatException : FormatException
{
    /// <summary>Makes an exception for one place in a file.</summary>
    /// <param name="fileName">The file, or what the bytes are called.</param>
    /// <param name="offset">Where in it, in bytes from its start.</param>
    /// <param name="problem">What was expected and what is there.</param>
    public BpfFormatException(string fileName, long offset, string problem)
        : base($"{fileName}, offset 0x{offset:x}: {problem}.")
    {
        FileName = fileName;
        Offset = offset;
    }

    /// <summary>The file, or what the bytes are called where they come from no file.</summary>
    public string FileName { get; }

    /// <summary>The place of the problem, in bytes from the start of the file.</summary>
    public long Offset { get; }
}
