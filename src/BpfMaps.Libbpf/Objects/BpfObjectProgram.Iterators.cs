using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Interop;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps;

// Iterators: programs (SEC("iter/...")) that print objects of the kernel while user space reads.
public sealed unsafe partial class BpfObjectProgram
{
    /// <summary>
    /// Attaches an iterator (BPF_LINK_CREATE, Linux 5.8). A pin of the link is a file whose readers get what the program prints:
    /// <c>cat /sys/fs/bpf/tasks</c>.
    /// </summary>
    /// <param name="target">What it walks over; <see langword="null"/> for all objects of its kind.</param>
    /// <exception cref="BpfObjectException">
    /// The section of the program is not <c>iter/...</c> (EINVAL), the iterator needs a target (EBADF, EINVAL), or the kernel rejected the
    /// program.
    /// </exception>
    public BpfLink AttachIterator(BpfIteratorTarget? target = null)
    {
        _ = FileDescriptor;
        return Start(new AttachRequest("as an iterator", () => new BpfKernelLink(CreateIteratorLink(target))));
    }

    /// <summary>Runs an iterator and returns what it prints as a stream of bytes (BPF_ITER_CREATE, Linux 5.8).</summary>
    /// <param name="target">What it walks over; <see langword="null"/> for all objects of its kind.</param>
    /// <returns>The stream, to be disposed. The program runs while it is read.</returns>
    /// <exception cref="BpfObjectException">
    /// The section of the program is not <c>iter/...</c> (EINVAL), the iterator needs a target (EBADF, EINVAL), or the kernel rejected the
    /// program.
    /// </exception>
    public Stream ReadIterator(BpfIteratorTarget? target = null)
    {
        using OwnedDescriptor link = CreateIteratorLink(target);
        int errno = KernelCall.CreateIterator(link, out OwnedDescriptor? iterator);
        if (errno != Errno.Ok)
            throw Failure("as an iterator", BpfCommand.IterCreate, errno, advice: null);
        using (iterator)
        {
            SafeFileHandle handle = new(iterator!.Number, ownsHandle: true);
            iterator.SetHandleAsInvalid();
            return new FileStream(handle, FileAccess.Read, bufferSize: 0);
        }
    }

    /// <summary>Runs an iterator that prints text (bpf_seq_printf) and returns its lines.</summary>
    /// <param name="target">What it walks over; <see langword="null"/> for all objects of its kind.</param>
    /// <returns>The lines without line breaks. Each enumeration runs the iterator again.</returns>
    /// <inheritdoc cref="ReadIterator" path="/exception"/>
    public IEnumerable<string> ReadIteratorLines(BpfIteratorTarget? target = null)
    {
        using StreamReader reader = new(ReadIterator(target));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>Runs an iterator that writes structs (bpf_seq_write) and returns them.</summary>
    /// <typeparam name="T">The type of the structs.</typeparam>
    /// <param name="target">What it walks over; <see langword="null"/> for all objects of its kind.</param>
    /// <returns>The structs. Each enumeration runs the iterator again.</returns>
    /// <exception cref="InvalidDataException">The length of the output is not a multiple of the size of the struct.</exception>
    /// <inheritdoc cref="ReadIterator" path="/exception"/>
    public IEnumerable<T> ReadIteratorRecords<T>(BpfIteratorTarget? target = null)
        where T : unmanaged
    {
        using BufferedStream stream = new(ReadIterator(target), 1 << 16);
        byte[] record = new byte[Unsafe.SizeOf<T>()];
        while (stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) is var length and not 0)
        {
            if (length != record.Length)
                throw new InvalidDataException(
                    $"Iterator '{Name}' ended with {length} bytes, but a record of type {typeof(T).Name} has {record.Length}."
                );
            yield return MemoryMarshal.Read<T>(record);
        }
    }

    private OwnedDescriptor CreateIteratorLink(BpfIteratorTarget? target)
    {
        int program = FileDescriptor;
        int errno = target is not null
            ? target.CreateLink(program, out OwnedDescriptor? link)
            : KernelCall.CreateIteratorLink(program, default, targetSize: 0, out link);
        if (errno == Errno.Ok)
            return link!;
        string? advice = errno switch
        {
            Errno.EINVAL when Native.ProgramExpectedAttachType(_program) != IteratorAttribute.Type =>
                $"The section of the program must be iter/..., but it is '{SectionName}'.",
            Errno.EBADF or Errno.EINVAL when target is null => "This iterator needs a target: see BpfIteratorTarget.",
            _ => null,
        };
        throw Failure("as an iterator", BpfCommand.LinkCreate, errno, advice);
    }
}
