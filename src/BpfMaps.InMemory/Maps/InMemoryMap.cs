using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>Base class of all in-memory maps. Checks access and serializes operations; derived classes store the elements.</summary>
/// <remarks>
/// The public operations check what is the same for all map types (access, freezing, spin locks in values) and call the protected ones
/// under the map's lock. A derived class overrides the operations that its type supports; the others fail as they do in a kernel without
/// the operation.
/// </remarks>
internal abstract partial class InMemoryMap(MapShape shape, HostTables tables) : SharedObject
{
    private const ulong LockFlag = (ulong)BpfUpdateFlags.Lock;

    private readonly Lock _gate = new();
    private int _writableMappings;
    private bool _isFreed;

    private volatile bool _isHeldFull;

    public MapShape Shape { get; } = shape;

    public override string Name => Shape.Name;

    public ValueFormat Format { get; } = shape.Format;

    public bool IsFrozen { get; private set; }

    /// <summary>Estimates the memory of such a map in a kernel, in bytes.</summary>
    public ulong MemoryUsage => MemoryEstimate.Of(Shape, Count);

    /// <summary>Whether a map of this type can be full.</summary>
    public virtual bool CanBeFull => false;

    /// <summary>Whether new elements are rejected as if the map were full.</summary>
    public bool IsHeldFull
    {
        get => _isHeldFull;
        set => _isHeldFull = value;
    }

    protected HostTables Tables { get; } = tables;

    public int Lookup(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value, ulong flags)
    {
        if ((flags & ~LockFlag) != 0)
            return Errno.EINVAL;
        lock (_gate)
            return AdmitToElement(caller, Purpose.Read, key, flags) is var errno and not Errno.Ok
                ? errno
                : LookupElement(caller, key, value);
    }

    public int LookupAndDelete(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value, ulong flags)
    {
        if ((flags & ~LockFlag) != 0)
            return Errno.EINVAL;
        lock (_gate)
            return AdmitToElement(caller, Purpose.ReadAndWrite, key, flags) is var errno and not Errno.Ok
                ? errno
                : LookupAndDeleteElement(caller, key, value);
    }

    public int Update(in Caller caller, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        lock (_gate)
            return AdmitToElement(caller, Purpose.Write, key, flags) is var errno and not Errno.Ok
                ? errno
                : UpdateElement(caller, key, value, flags);
    }

    public int Delete(in Caller caller, ReadOnlySpan<byte> key)
    {
        lock (_gate)
            return AdmitToElement(caller, Purpose.Write, key, flags: 0) is var errno and not Errno.Ok ? errno : DeleteElement(key);
    }

    /// <summary>Changes the value of a key in place.</summary>
    public int Modify<TValue>(in Caller caller, ReadOnlySpan<byte> key, InMemoryModification<TValue> change)
        where TValue : unmanaged
    {
        lock (_gate)
        {
            if (AdmitToElement(caller, Purpose.Write, key, flags: 0) is var errno and not Errno.Ok)
                return errno;
            ref byte stored = ref FindElement(caller, key);
            if (Unsafe.IsNullRef(in stored))
                return Errno.ENOENT;
            change(ref Unsafe.As<byte, TValue>(ref MemoryMarshal.GetReference(Format.PartOf(caller, ref stored))));
            return Errno.Ok;
        }
    }

    /// <param name="caller">The caller.</param>
    /// <param name="key">The previous key, or empty for the first key.</param>
    /// <param name="nextKey">Receives the next key.</param>
    public int GetNextKey(in Caller caller, ReadOnlySpan<byte> key, Span<byte> nextKey)
    {
        lock (_gate)
        {
            if (Admit(caller, Purpose.Read, flags: 0) is var errno and not Errno.Ok)
                return errno;
            return key.IsEmpty || key.Length == Shape.KeySize ? NextKey(key, nextKey) : Errno.EINVAL;
        }
    }

    public int Freeze(in Caller caller)
    {
        lock (_gate)
        {
            if (Shape.HasSpinLock)
                return Errno.ENOTSUPP;
            if (Admit(caller, Purpose.Write, flags: 0) is var errno and not Errno.Ok)
                return errno;
            if (_writableMappings != 0)
                return Errno.EBUSY;
            IsFrozen = true;
            return Errno.Ok;
        }
    }

    /// <summary>Maps the memory of map types that support mmap.</summary>
    public int MapMemory(in Caller caller, nuint length, nint offset, bool writable, out SafeHandle? memory)
    {
        memory = null;
        if (length == 0 || offset < 0 || offset % Environment.SystemPageSize != 0)
            return Errno.EINVAL;
        lock (_gate)
        {
            if (_isFreed)
                return Errno.EBADF;
            if (caller.Access == BpfMapAccess.WriteOnly || (writable && caller.Access == BpfMapAccess.ReadOnly))
                return Errno.EACCES;
            if (!HasMemory || Shape.HasSpinLock)
                return Errno.ENOTSUPP;
            if (caller.Access == BpfMapAccess.ReadOnly)
                return Errno.EINVAL;
            if (writable && IsFrozen)
                return Errno.EPERM;
            if (writable && Shape.Flags.HasFlag(BpfMapFlags.ReadOnlyProgram))
                return Errno.EACCES;

            int errno = FindMemory(length, offset, writable, out nint address);
            if (errno != Errno.Ok || !TryHold())
                return errno != Errno.Ok ? errno : Errno.EBADF;
            _writableMappings += writable ? 1 : 0;
            memory = new InMemoryMapping(this, address, writable);
            return Errno.Ok;
        }
    }

    /// <summary>Called when a mapping was removed. Releases the caller's reference.</summary>
    public void Unmap(bool writable)
    {
        lock (_gate)
            _writableMappings -= writable ? 1 : 0;
        Release();
    }

    /// <summary>The number of elements, for types that allocate elements on demand.</summary>
    protected virtual uint Count => 0;

    /// <summary>Whether the map has memory that can be mapped.</summary>
    protected virtual bool HasMemory => false;

    /// <summary>Gets the memory of a mapping if the access allows it.</summary>
    protected virtual int FindMemory(nuint length, nint offset, bool writable, out nint address)
    {
        address = 0;
        return Errno.ENOTSUPP;
    }

    /// <summary>Gets a writable reference to the value of a key; a null reference if the key does not exist.</summary>
    protected virtual ref byte FindElement(in Caller caller, ReadOnlySpan<byte> key) => ref Unsafe.NullRef<byte>();

    /// <summary>BPF_MAP_LOOKUP_ELEM.</summary>
    protected virtual int LookupElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value) => Errno.ENOTSUPP;

    /// <summary>BPF_MAP_LOOKUP_AND_DELETE_ELEM.</summary>
    protected virtual int LookupAndDeleteElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value) => Errno.ENOTSUPP;

    /// <summary>BPF_MAP_UPDATE_ELEM.</summary>
    protected virtual int UpdateElement(in Caller caller, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Errno.ENOTSUPP;

    /// <summary>BPF_MAP_DELETE_ELEM.</summary>
    protected virtual int DeleteElement(ReadOnlySpan<byte> key) => Errno.ENOTSUPP;

    /// <summary>BPF_MAP_GET_NEXT_KEY.</summary>
    protected virtual int NextKey(ReadOnlySpan<byte> key, Span<byte> nextKey) => Errno.ENOTSUPP;

    /// <summary>Releases references of the elements to objects outside this map.</summary>
    protected virtual void FreeElements() { }

    protected sealed override void Free()
    {
        Tables.Maps.Remove(this);
        lock (_gate)
        {
            _isFreed = true;
            FreeElements();
        }

        Shape.Types?.Btf.Release();
    }

    /// <summary>Checks the access, and that a key is passed exactly if the map type has keys.</summary>
    private int AdmitToElement(in Caller caller, Purpose purpose, ReadOnlySpan<byte> key, ulong flags)
    {
        if (Admit(caller, purpose, flags) is var errno and not Errno.Ok)
            return errno;
        return key.Length == Shape.KeySize ? Errno.Ok
            : key.IsEmpty ? Errno.EFAULT
            : Errno.EINVAL;
    }

    private int Admit(in Caller caller, Purpose purpose, ulong flags)
    {
        if (_isFreed)
            return Errno.EBADF;
        if (!caller.IsProgram)
        {
            if (
                caller.Access != BpfMapAccess.ReadWrite
                && (caller.Access != BpfMapAccess.ReadOnly || purpose != Purpose.Read)
                && (caller.Access != BpfMapAccess.WriteOnly || purpose != Purpose.Write)
            )
                return Errno.EPERM;
            if (IsFrozen && purpose != Purpose.Read)
                return Errno.EPERM;
        }

        return (flags & LockFlag) != 0 && !Shape.HasSpinLock ? Errno.EINVAL : Errno.Ok;
    }

    /// <summary>The access that a command needs.</summary>
    private enum Purpose
    {
        Read,
        Write,
        ReadAndWrite,
    }
}
