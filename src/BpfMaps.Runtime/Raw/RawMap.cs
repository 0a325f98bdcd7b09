using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>A BPF map as bytes: every operation that user space can do with one, with sizes checked and errors explained.</summary>
/// <remarks>
/// <para>Sizes are checked before any system call: a span of the wrong length is an <see cref="ArgumentException"/> that names the map, the
/// parameter, the expected and the given length. The kernel never writes past a span.</para>
/// <para>May be used from any thread. <see cref="Dispose"/> may race with running calls: they finish on this map or throw
/// <see cref="ObjectDisposedException"/>, and never reach another descriptor.</para>
/// <para>Kinds without keys (queue, stack, bloom filter) take an empty span as the key.</para>
/// </remarks>
public sealed partial class RawMap : IDisposable
{
    private readonly BpfHost _host;
    private readonly SafeHandle _handle;
    private readonly int _keySize;
    private readonly int _valueSize;
    private readonly int _perCpuValueSize;

    private RawMap(BpfHost host, SafeHandle handle, BpfMapInfo info, string? pinPath)
    {
        _host = host;
        _handle = handle;
        Info = info;
        PinPath = pinPath;
        _keySize = info.KeySize;
        _valueSize = info.ValueSize;
        _perCpuValueSize = info.Type.IsPerCpu() ? checked(PerCpuStride * host.PossibleCpuCount) : 0;
    }

    /// <summary>What the kernel told about the map when it was opened.</summary>
    public BpfMapInfo Info { get; }

    /// <summary>What the last comparison with a declaration came to. The typed map that is made of this one takes it over.</summary>
    internal BpfFieldCheck FieldCheck { get; set; }

    /// <summary>Owns the map's descriptor. Foreign calls that take a <see cref="SafeHandle"/> may be given it; it stays this map's.</summary>
    public SafeHandle Handle => _handle;

    /// <summary>Who executes the map's commands.</summary>
    public BpfHost Host => _host;

    /// <summary>The kind of the map.</summary>
    internal BpfMapType Type => Info.Type;

    /// <summary>The map's name; empty if it has none.</summary>
    internal string Name => Info.Name;

    /// <summary>Bytes of a key; 0 for kinds without one.</summary>
    public int KeySize => _keySize;

    /// <summary>Bytes of a value; for per-CPU kinds of one CPU's value.</summary>
    public int ValueSize => _valueSize;

    /// <summary>For per-CPU kinds, the bytes from one CPU's value to the next: <see cref="ValueSize"/> rounded up to 8. 0 for other kinds.</summary>
    public int PerCpuStride => Info.Type.IsPerCpu() ? BpfMapTypeFacts.Stride(Info.ValueSize) : 0;

    /// <summary>For per-CPU kinds, the bytes of all values of an element: <see cref="PerCpuStride"/> times the possible CPUs. 0 for other kinds.</summary>
    public int PerCpuValueSize => _perCpuValueSize;

    /// <summary>The capacity in elements; bytes for rings.</summary>
    internal uint MaxEntries => Info.MaxEntries;

    /// <summary>The flags that the map was created with.</summary>
    internal BpfMapFlags Flags => Info.Flags;

    /// <summary>What this descriptor allows.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfMapAccess Access
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _host.GetAccess(_handle);
        }
    }

    /// <summary>Bytes that an element's value takes in buffers: all CPUs' values for per-CPU kinds.</summary>
    internal int ElementValueSize => _perCpuValueSize != 0 ? _perCpuValueSize : _valueSize;

    /// <summary>Called at the beginning of every disposal, for a stream whose memory and whose waiting readers belong to the map.</summary>
    internal Action? Closing { get; set; }

    /// <summary>Asks the kernel what else it knows of the map: its memory, and whether it is frozen.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public BpfMapUsage GetUsage()
    {
        int errno = _host.GetMapUsage(_handle, out BpfMapUsage usage);
        if (errno != Errno.Ok)
            throw Failure(errno, "fdinfo");
        return usage;
    }

    /// <summary>Forbids user space every further write; programs may go on writing (BPF_MAP_FREEZE, Linux 5.2). There is no way back.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    /// <exception cref="BpfPermissionException">The map is frozen already, or the descriptor is read-only (EPERM).</exception>
    /// <exception cref="BpfException">The kernel refused; EBUSY while its memory is mapped writable.</exception>
    public void Freeze()
    {
        ReleaseWritableMemory();
        int errno = _host.Freeze(_handle);
        if (errno != Errno.Ok)
            throw Failure(errno, "BPF_MAP_FREEZE");
    }

    /// <summary>Closes the descriptor. The map itself lives on while a pin, a program or another descriptor holds it.</summary>
    /// <remarks>Views of the map's memory stay valid until they are disposed themselves.</remarks>
    public void Dispose()
    {
        Closing?.Invoke();
        ReleaseMemory();
        _handle.Dispose();
    }

    /// <summary>The name in quotation marks, kind and id: <c>'flows' (Hash, id 12)</c>.</summary>
    public override string ToString() => Info.ToString();
}
