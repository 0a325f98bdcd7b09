using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Base class of hosts that forward all but a few commands to another host.</summary>
/// <param name="host">The other host.</param>
internal abstract unsafe class ForwardingHost(BpfHost host) : BpfHost
{
    public override ReadOnlySpan<int> PossibleCpus => host.PossibleCpus;

    public override bool SupportsMapType(BpfMapType type) => host.SupportsMapType(type);

    internal override int OpenPerfBuffer(int cpu, int pages, out SafeHandle? buffer, out SafeHandle? memory) =>
        host.OpenPerfBuffer(cpu, pages, out buffer, out memory);

    internal override int CreateMap(in BpfMapCreateArguments arguments, out SafeHandle? map) => host.CreateMap(arguments, out map);

    internal override int OpenPinnedMap(string path, BpfMapAccess access, out SafeHandle? map) => host.OpenPinnedMap(path, access, out map);

    internal override int OpenMapById(uint id, BpfMapAccess access, out SafeHandle? map) => host.OpenMapById(id, access, out map);

    internal override int DuplicateDescriptor(int descriptor, out SafeHandle? map) => host.DuplicateDescriptor(descriptor, out map);

    internal override int GetNextMapId(uint id, out uint nextId) => host.GetNextMapId(id, out nextId);

    internal override int GetMapInfo(SafeHandle map, BpfMapInfoData* info) => host.GetMapInfo(map, info);

    internal override int GetMapUsage(SafeHandle map, out BpfMapUsage usage) => host.GetMapUsage(map, out usage);

    internal override BpfMapAccess GetAccess(SafeHandle map) => host.GetAccess(map);

    internal override int Pin(SafeHandle map, string path) => host.Pin(map, path);

    internal override int Unpin(string path) => host.Unpin(path);

    internal override int Freeze(SafeHandle map) => host.Freeze(map);

    internal override int Lookup(SafeHandle map, byte* key, byte* value, ulong flags) => host.Lookup(map, key, value, flags);

    internal override int LookupAndDelete(SafeHandle map, byte* key, byte* value, ulong flags) =>
        host.LookupAndDelete(map, key, value, flags);

    internal override int Update(SafeHandle map, byte* key, byte* value, ulong flags) => host.Update(map, key, value, flags);

    internal override int Delete(SafeHandle map, byte* key) => host.Delete(map, key);

    internal override int GetNextKey(SafeHandle map, byte* key, byte* nextKey) => host.GetNextKey(map, key, nextKey);

    internal override int LookupBatch(
        SafeHandle map,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    ) => host.LookupBatch(map, position, nextPosition, keys, values, ref count, flags);

    internal override int LookupAndDeleteBatch(
        SafeHandle map,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    ) => host.LookupAndDeleteBatch(map, position, nextPosition, keys, values, ref count, flags);

    internal override int UpdateBatch(SafeHandle map, byte* keys, byte* values, ref uint count, ulong flags) =>
        host.UpdateBatch(map, keys, values, ref count, flags);

    internal override int DeleteBatch(SafeHandle map, byte* keys, ref uint count, ulong flags) =>
        host.DeleteBatch(map, keys, ref count, flags);

    internal override int MapMemory(SafeHandle map, nuint length, nint offset, bool writable, out SafeHandle? memory) =>
        host.MapMemory(map, length, offset, writable, out memory);

    internal override int CreateWaiter(ReadOnlySpan<SafeHandle> sources, BpfReadiness readiness, out BpfWaiter? waiter) =>
        host.CreateWaiter(sources, readiness, out waiter);

    internal override int LoadBtf(ReadOnlySpan<byte> btf, out SafeHandle? handle) => host.LoadBtf(btf, out handle);

    internal override int OpenBtfById(uint id, out SafeHandle? btf) => host.OpenBtfById(id, out btf);

    internal override int GetBtfData(SafeHandle btf, Span<byte> buffer, out int size) => host.GetBtfData(btf, buffer, out size);

    internal override string? Explain(BpfCommand command, int errno, string? path) => host.Explain(command, errno, path);
}
