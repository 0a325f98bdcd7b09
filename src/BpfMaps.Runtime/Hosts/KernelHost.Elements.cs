using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

// The commands on open maps. All handles come from this host, so each is a BpfDescriptor.
internal sealed unsafe partial class KernelHost
{
    internal override int Lookup(SafeHandle map, byte* key, byte* value, ulong flags) =>
        OnElement(map, BpfCommand.MapLookupElem, key, value, flags, (uint)sizeof(ElementAttribute));

    internal override int LookupAndDelete(SafeHandle map, byte* key, byte* value, ulong flags) =>
        OnElement(map, BpfCommand.MapLookupAndDeleteElem, key, value, flags, (uint)sizeof(ElementAttribute));

    internal override int Update(SafeHandle map, byte* key, byte* value, ulong flags) =>
        OnElement(map, BpfCommand.MapUpdateElem, key, value, flags, (uint)sizeof(ElementAttribute));

    internal override int Delete(SafeHandle map, byte* key) =>
        OnElement(map, BpfCommand.MapDeleteElem, key, null, 0, ElementAttribute.DeleteSize);

    internal override int GetNextKey(SafeHandle map, byte* key, byte* nextKey) =>
        OnElement(map, BpfCommand.MapGetNextKey, key, nextKey, 0, ElementAttribute.NextKeySize);

    internal override int Freeze(SafeHandle map) => OnElement(map, BpfCommand.MapFreeze, null, null, 0, ElementAttribute.FreezeSize);

    internal override int LookupBatch(
        SafeHandle map,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    ) => OnBatch(map, BpfCommand.MapLookupBatch, position, nextPosition, keys, values, ref count, flags);

    internal override int LookupAndDeleteBatch(
        SafeHandle map,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    ) => OnBatch(map, BpfCommand.MapLookupAndDeleteBatch, position, nextPosition, keys, values, ref count, flags);

    internal override int UpdateBatch(SafeHandle map, byte* keys, byte* values, ref uint count, ulong flags) =>
        OnBatch(map, BpfCommand.MapUpdateBatch, null, null, keys, values, ref count, flags);

    internal override int DeleteBatch(SafeHandle map, byte* keys, ref uint count, ulong flags) =>
        OnBatch(map, BpfCommand.MapDeleteBatch, null, null, keys, null, ref count, flags);

    internal override int GetMapInfo(SafeHandle map, BpfMapInfoData* info)
    {
        if (!TryEnter(map, out CallSlot slot, out int descriptor))
            return Errno.EBADF;

        *info = default;
        ObjectInfoAttribute attribute = default;
        attribute.BpfFd = (uint)descriptor;
        attribute.InfoLength = (uint)sizeof(BpfMapInfoData);
        attribute.Info = (ulong)info;
        int result = BpfSyscall.Invoke(BpfCommand.ObjGetInfoByFd, &attribute, (uint)sizeof(ObjectInfoAttribute));
        Leave(map, slot);
        return result < 0 ? -result : Errno.Ok;
    }

    internal override int GetMapUsage(SafeHandle map, out BpfMapUsage usage)
    {
        usage = default;
        using HeldDescriptor held = new(map);
        if (held.IsDisposed)
            return Errno.EBADF;

        int errno = ProcFs.ReadDescriptorInfo(held.Descriptor, out Dictionary<string, string> fields);
        usage = new BpfMapUsage(
            fields.TryGetValue("memlock", out string? memlock) ? ulong.Parse(memlock, CultureInfo.InvariantCulture) : 0,
            fields.TryGetValue("frozen", out string? frozen) && frozen != "0"
        );
        return errno;
    }

    internal override BpfMapAccess GetAccess(SafeHandle map)
    {
        if (!TryEnter(map, out CallSlot slot, out int descriptor))
            return BpfMapAccess.ReadWrite;

        int flags = Libc.Fcntl(descriptor, Libc.FcntlGetFlags, 0);
        Leave(map, slot);
        return (flags & Libc.OpenAccessModeMask) switch
        {
            Libc.OpenReadOnly => BpfMapAccess.ReadOnly,
            Libc.OpenWriteOnly => BpfMapAccess.WriteOnly,
            _ => BpfMapAccess.ReadWrite,
        };
    }

    internal override int MapMemory(SafeHandle map, nuint length, nint offset, bool writable, out SafeHandle? memory) =>
        MapAt(map, 0, length, offset, writable, out memory);

    internal override int MapArena(SafeHandle map, nuint address, nuint length, bool writable, out SafeHandle? memory) =>
        MapAt(map, address, length, 0, writable, out memory);

    internal override int CreateWaiter(ReadOnlySpan<SafeHandle> sources, BpfReadiness readiness, out BpfWaiter? waiter) =>
        KernelWaiter.Create(sources, readiness, out waiter);

    internal override int OpenPerfBuffer(int cpu, int pages, out SafeHandle? buffer, out SafeHandle? memory)
    {
        buffer = memory = null;
        int errno = PerfEvents.Open(cpu, out OwnedDescriptor? descriptor);
        if (errno != Errno.Ok)
            return errno;

        errno = MappedRegion.Create(
            descriptor!.Number,
            (nuint)Environment.SystemPageSize * (nuint)(pages + 1),
            0,
            writable: true,
            out MappedRegion? region
        );
        (buffer, memory) = (descriptor, region);
        return errno;
    }

    private static int MapAt(SafeHandle map, nuint address, nuint length, nint offset, bool writable, out SafeHandle? memory)
    {
        memory = null;
        if (!TryEnter(map, out CallSlot slot, out int descriptor))
            return Errno.EBADF;

        int errno = MappedRegion.Create(descriptor, length, offset, writable, out MappedRegion? region, address);
        Leave(map, slot);
        memory = region;
        return errno;
    }

    private static int OnElement(SafeHandle map, BpfCommand command, byte* key, byte* valueOrNextKey, ulong flags, uint size)
    {
        if (!TryEnter(map, out CallSlot slot, out int descriptor))
            return Errno.EBADF;

        ElementAttribute attribute = new(descriptor, key, valueOrNextKey, flags);
        int result = BpfSyscall.Invoke(command, &attribute, size);
        Leave(map, slot);
        return -result;
    }

    private static int OnBatch(
        SafeHandle map,
        BpfCommand command,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    )
    {
        if (!TryEnter(map, out CallSlot slot, out int descriptor))
            return Errno.EBADF;

        BatchAttribute attribute = default;
        attribute.InBatch = (ulong)position;
        attribute.OutBatch = (ulong)nextPosition;
        attribute.Keys = (ulong)keys;
        attribute.Values = (ulong)values;
        attribute.Count = count;
        attribute.MapFd = (uint)descriptor;
        attribute.ElementFlags = flags;
        int result = BpfSyscall.Invoke(command, &attribute, (uint)sizeof(BatchAttribute));
        Leave(map, slot);
        count = attribute.Count;
        return -result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryEnter(SafeHandle map, out CallSlot slot, out int descriptor)
    {
        slot = CallSlot.Current;
        return Unsafe.As<BpfDescriptor>(map).TryEnter(slot, out descriptor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Leave(SafeHandle map, CallSlot slot) => Unsafe.As<BpfDescriptor>(map).Leave(slot);
}
