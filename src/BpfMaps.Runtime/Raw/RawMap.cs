using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>A BPF map with keys and values as bytes: all operations of user space, with checked sizes and explained errors.</summary>
/// <remarks>
/// <para>Sizes are checked before any system call: a span of the wrong length is an <see cref="ArgumentException"/> with the map, the
/// parameter, the expected and the actual length. The kernel never writes past a span.</para>
/// <para>Thread-safe. <see cref="Dispose"/> may race with running calls: they complete on this map or throw
/// <see cref="ObjectDisposedException"/>, and never use another descriptor.</para>
/// <para>For map types without keys (queue, stack, bloom filter), the key is an empty span.</para>
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

    /// <summary>Gets the properties of the map, read when it was opened.</summary>
    public BpfMapInfo Info { get; }

    /// <summary>The result of the last comparison with a declaration, for the typed map that is created from this map.</summary>
    internal BpfFieldCheck FieldCheck { get; set; }

    /// <summary>Gets the descriptor of the map, for native calls that take a <see cref="SafeHandle"/>. The map keeps ownership.</summary>
    public SafeHandle Handle => _handle;

    /// <summary>Gets the host that executes the commands of the map.</summary>
    public BpfHost Host => _host;

    /// <summary>Gets the type of the map.</summary>
    internal BpfMapType Type => Info.Type;

    /// <summary>Gets the name; empty for a map without a name.</summary>
    internal string Name => Info.Name;

    /// <summary>Gets the size of a key in bytes; 0 for map types without keys.</summary>
    public int KeySize => _keySize;

    /// <summary>Gets the size of a value in bytes; for per-CPU maps, of the value of one CPU.</summary>
    public int ValueSize => _valueSize;

    /// <summary>
    /// Gets the distance between the values of two CPUs in bytes: <see cref="ValueSize"/> rounded up to 8. 0 for maps that are not per-CPU.
    /// </summary>
    internal int PerCpuStride => Info.Type.IsPerCpu() ? BpfMapTypeFacts.Stride(Info.ValueSize) : 0;

    /// <summary>
    /// Gets the size of the values of all CPUs in bytes: <see cref="PerCpuStride"/> times the number of possible CPUs. 0 for maps that are
    /// not per-CPU.
    /// </summary>
    public int PerCpuValueSize => _perCpuValueSize;

    /// <summary>Gets the capacity in elements; for rings, the size in bytes.</summary>
    internal uint MaxEntries => Info.MaxEntries;

    /// <summary>Gets the flags that the map was created with.</summary>
    internal BpfMapFlags Flags => Info.Flags;

    /// <summary>Gets the access that the descriptor allows.</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfMapAccess Access
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _host.GetAccess(_handle);
        }
    }

    /// <summary>The size of the value of an element in buffers, in bytes; for per-CPU maps, of the values of all CPUs.</summary>
    internal int ElementValueSize => _perCpuValueSize != 0 ? _perCpuValueSize : _valueSize;

    /// <summary>Called at the start of the disposal, for the stream that owns memory and waiting readers of the map.</summary>
    internal Action? Closing { get; set; }

    /// <summary>Reads the memory usage of the map and whether it is frozen (/proc/self/fdinfo).</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public BpfMapUsage GetUsage()
    {
        int errno = _host.GetMapUsage(_handle, out BpfMapUsage usage);
        if (errno != Errno.Ok)
            throw Failure(errno, BpfCommand.FdInfo);
        return usage;
    }

    /// <summary>Makes the map permanently read-only for user space; programs can still write to it (BPF_MAP_FREEZE, Linux 5.2).</summary>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    /// <exception cref="BpfPermissionException">The map is already frozen, or the descriptor is read-only (EPERM).</exception>
    /// <exception cref="BpfException">The kernel returned an error; EBUSY while the memory of the map is mapped for writing.</exception>
    public void Freeze()
    {
        ReleaseWritableMemory();
        int errno = _host.Freeze(_handle);
        if (errno != Errno.Ok)
            throw Failure(errno, BpfCommand.MapFreeze);
    }

    /// <summary>Closes the descriptor. The map exists as long as a pin, a program or another descriptor references it.</summary>
    /// <remarks>Views of the memory of the map stay valid until they are disposed.</remarks>
    public void Dispose()
    {
        Closing?.Invoke();
        ReleaseMemory();
        _handle.Dispose();
    }

    /// <summary>Returns the name in quotation marks, the type and the id: <c>'flows' (Hash, id 12)</c>.</summary>
    public override string ToString() => Info.ToString();
}
