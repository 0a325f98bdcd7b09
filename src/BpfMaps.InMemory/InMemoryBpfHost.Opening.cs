using System.Runtime.InteropServices;
using System.Text;
using BpfMaps.InMemory;
using BpfMaps.Metadata;

namespace BpfMaps;

// Creates, opens, pins and describes maps and BTF.
public sealed unsafe partial class InMemoryBpfHost
{
    /// <inheritdoc/>
    internal override int CreateMap(in BpfMapCreateArguments arguments, out SafeHandle? map)
    {
        map = null;
        if (_faults.IsArmed && Struck(BpfMapCommand.Create, Encoding.ASCII.GetString(arguments.Name), out int errno))
            return errno;
        errno = MapFactory.Create(arguments, _tables, _possibleCpus.Length, out InMemoryMap? created);
        map = errno == Errno.Ok ? new InMemoryDescriptor(_tables.Descriptors, created!, AccessOf(arguments.Flags)) : null;
        return errno;
    }

    /// <inheritdoc/>
    internal override int OpenPinnedMap(string path, BpfMapAccess access, out SafeHandle? map)
    {
        map = null;
        if (_faults.IsArmed && Struck(BpfMapCommand.OpenPinned, _tables.Pins.NameOf(path), out int errno))
            return errno;
        errno = _tables.Pins.Hold(path, out InMemoryMap? pinned);
        map = errno == Errno.Ok ? new InMemoryDescriptor(_tables.Descriptors, pinned!, access) : null;
        return errno;
    }

    /// <inheritdoc/>
    internal override int OpenMapById(uint id, BpfMapAccess access, out SafeHandle? map)
    {
        map = null;
        if (_faults.IsArmed && Struck(BpfMapCommand.OpenById, _tables.Maps.NameOf(id), out int errno))
            return errno;
        map = _tables.Maps.Hold(id) is { } found ? new InMemoryDescriptor(_tables.Descriptors, found, access) : null;
        return map is null ? Errno.ENOENT : Errno.Ok;
    }

    /// <inheritdoc/>
    internal override int DuplicateDescriptor(int descriptor, out SafeHandle? map)
    {
        map = null;
        if (!_tables.Descriptors.TryHold(descriptor, out DescriptorTable.Entry entry))
            return Errno.EBADF;
        if (entry.Object is not InMemoryMap)
        {
            entry.Object.Release();
            return Errno.EINVAL;
        }

        map = new InMemoryDescriptor(_tables.Descriptors, entry.Object, entry.Access);
        return Errno.Ok;
    }

    /// <inheritdoc/>
    internal override int GetNextMapId(uint id, out uint nextId) =>
        _tables.Maps.TryGetNext(id, out nextId) ? Errno.Ok
        : id >= int.MaxValue ? Errno.EINVAL
        : Errno.ENOENT;

    /// <inheritdoc/>
    internal override int GetMapInfo(SafeHandle map, BpfMapInfoData* info)
    {
        if (!TryFind(map, out InMemoryMap? target))
            return Errno.EBADF;

        MapShape shape = target.Shape;
        *info = default;
        info->Type = (uint)shape.Type;
        info->Id = target.Id;
        info->KeySize = (uint)shape.KeySize;
        info->ValueSize = (uint)shape.ValueSize;
        info->MaxEntries = shape.MaxEntries;
        info->Flags = (uint)shape.Flags;
        Encoding.ASCII.GetBytes(shape.Name, info->Name);
        info->MapExtra = shape.MapExtra;
        if (shape.Types is { } types)
            (info->BtfId, info->BtfKeyTypeId, info->BtfValueTypeId) = (types.Btf.Id, types.KeyTypeId, types.ValueTypeId);
        return Errno.Ok;
    }

    /// <inheritdoc/>
    internal override int GetMapUsage(SafeHandle map, out BpfMapUsage usage)
    {
        bool isOpen = TryFind(map, out InMemoryMap? target);
        usage = isOpen ? new BpfMapUsage((ulong)target!.MemoryUsage, target.IsFrozen) : default;
        return isOpen ? Errno.Ok : Errno.EBADF;
    }

    /// <inheritdoc/>
    internal override BpfMapAccess GetAccess(SafeHandle map) =>
        map is InMemoryDescriptor descriptor ? descriptor.Access : BpfMapAccess.ReadWrite;

    /// <inheritdoc/>
    internal override int Pin(SafeHandle map, string path)
    {
        if (!TryEnter(map, BpfMapCommand.Pin, out InMemoryMap? target, out _, out int errno))
            return errno;
        if (!target.TryHold())
            return Errno.EBADF;
        errno = _tables.Pins.Add(path, target);
        if (errno != Errno.Ok)
            target.Release();
        GC.KeepAlive(map);
        return errno;
    }

    /// <inheritdoc/>
    internal override int Unpin(string path) =>
        _faults.IsArmed && Struck(BpfMapCommand.Unpin, _tables.Pins.NameOf(path), out int errno) ? errno : _tables.Pins.Remove(path);

    /// <inheritdoc/>
    internal override int LoadBtf(ReadOnlySpan<byte> btf, out SafeHandle? handle)
    {
        handle = null;
        if (_faults.IsArmed && Struck(BpfMapCommand.LoadBtf, map: null, out int errno))
            return errno;
        byte[] data = btf.ToArray();
        Btf types;
        try
        {
            types = Btf.Parse(new FileView(data, "BTF"));
        }
        catch (BpfFormatException)
        {
            return Errno.EINVAL;
        }

        InMemoryBtf loaded = new(data, types, _tables.Btfs);
        _tables.Btfs.Add(loaded);
        handle = new InMemoryDescriptor(_tables.Descriptors, loaded, BpfMapAccess.ReadOnly);
        return Errno.Ok;
    }

    /// <inheritdoc/>
    internal override int OpenBtfById(uint id, out SafeHandle? btf)
    {
        btf = _tables.Btfs.Hold(id) is { } found ? new InMemoryDescriptor(_tables.Descriptors, found, BpfMapAccess.ReadOnly) : null;
        return btf is null ? Errno.ENOENT : Errno.Ok;
    }

    /// <inheritdoc/>
    internal override int GetBtfData(SafeHandle btf, Span<byte> buffer, out int size)
    {
        size = 0;
        if (btf is not InMemoryDescriptor { IsClosed: false, Btf: { } loaded })
            return Errno.EBADF;
        size = loaded.Data.Length;
        loaded.Data[..Math.Min(size, buffer.Length)].CopyTo(buffer);
        return Errno.Ok;
    }

    /// <summary>Runs the faults of a command.</summary>
    /// <returns><see langword="true"/> if a fault makes the command fail.</returns>
    private bool Struck(BpfMapCommand command, string? map, out int errno)
    {
        errno = _faults.Strike(command, map);
        return errno != Errno.Ok;
    }

    private static BpfMapAccess AccessOf(BpfMapFlags flags) =>
        flags.HasFlag(BpfMapFlags.ReadOnly) ? BpfMapAccess.ReadOnly
        : flags.HasFlag(BpfMapFlags.WriteOnly) ? BpfMapAccess.WriteOnly
        : BpfMapAccess.ReadWrite;
}
