using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// A number with an optional program beside it, as the bytes of a value: <c>struct bpf_devmap_val</c>, <c>struct bpf_cpumap_val</c>.
/// </summary>
internal readonly ref struct NumberWithProgram : IDisposable
{
    /// <summary>How many bytes the caller offers on its stack.</summary>
    public const int Size = sizeof(int) + sizeof(int);

    private readonly HeldDescriptor _program;

    /// <param name="raw">The map of the value. A map that was created for numbers alone cannot hold programs.</param>
    /// <param name="number">The interface, or the length of the queue.</param>
    /// <param name="program">A descriptor of the program, or none.</param>
    /// <param name="scratch">Room for <see cref="Size"/> bytes.</param>
    public NumberWithProgram(RawMap raw, int number, SafeHandle? program, Span<byte> scratch)
    {
        if (program is not null && raw.ValueSize < Size)
            throw new InvalidOperationException($"Map {raw} was created with value_size {raw.ValueSize}, but a program requires {Size}.");
        _program = new HeldDescriptor(program);
        ObjectDisposedException.ThrowIf(_program.IsDisposed, program!);
        if (program is not null && _program.Descriptor <= 0)
        {
            _program.Dispose();
            throw new ArgumentException(
                "The descriptor of a program is above 0 here: 0 is what the kernel takes for none.",
                nameof(program)
            );
        }
        MemoryMarshal.Write(scratch, number);
        MemoryMarshal.Write(scratch[sizeof(int)..], _program.Descriptor);
        Bytes = scratch[..raw.ValueSize];
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public void Dispose() => _program.Dispose();
}
