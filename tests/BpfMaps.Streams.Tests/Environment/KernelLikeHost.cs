using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The kernel, for hosts that differ from it in one thing.</summary>
internal abstract unsafe class KernelLikeHost : BpfHost
{
    public override ReadOnlySpan<int> PossibleCpus => Kernel.PossibleCpus;

    public override bool SupportsMapType(BpfMapType type) => Kernel.SupportsMapType(type);

    protected internal override int OpenPerfBuffer(int cpu, int pages, out SafeHandle? buffer, out SafeHandle? memory) =>
        Kernel.OpenPerfBuffer(cpu, pages, out buffer, out memory);

    protected internal override int CreateMap(in BpfMapCreateArguments arguments, out SafeHandle? map) => Kernel.CreateMap(arguments, out map);

    protected internal override int OpenPinnedMap(string path, BpfMapAccess access, out SafeHandle? map) => Kernel.OpenPinnedMap(path, access, out map);

    protected internal override int OpenMapById(uint id, BpfMapAccess access, out SafeHandle? map) => Kernel.OpenMapById(id, access, out map);

    protected internal override int DuplicateDescriptor(int descriptor, out SafeHandle? map) => Kernel.DuplicateDescriptor(descriptor, out map);

    protected internal override int GetNextMapId(uint id, out uint nextId) => Kernel.GetNextMapId(id, out nextId);

    protected internal override int GetMapInfo(SafeHandle map, BpfMapInfoData* info) => Kernel.GetMapInfo(map, info);

    protected internal override int GetMapUsage(SafeHandle map, out BpfMapUsage usage) => Kernel.GetMapUsage(map, out usage);

    protected internal override BpfMapAccess GetAccess(SafeHandle map) => Kernel.GetAccess(map);

    protected internal override int Pin(SafeHandle map, string path) => Kernel.Pin(map, path);

    protected internal override int Unpin(string path) => Kernel.Unpin(path);

    protected internal override int Freeze(SafeHandle map) => Kernel.Freeze(map);

    protected internal override int Lookup(SafeHandle map, byte* key, byte* value, ulong flags) => Kernel.Lookup(map, key, value, flags);

    protected internal override int LookupAndDelete(SafeHandle map, byte* key, byte* value, ulong flags) => Kernel.LookupAndDelete(map, key, value, flags);

    protected internal override int Update(SafeHandle map, byte* key, byte* value, ulong flags) => Kernel.Update(map, key, value, flags);

    protected internal override int Delete(SafeHandle map, byte* key) => Kernel.Delete(map, key);

    protected internal override int GetNextKey(SafeHandle map, byte* key, byte* nextKey) => Kernel.GetNextKey(map, key, nextKey);

    protected internal override int LookupBatch(SafeHandle map, byte* position, byte* nextPosition, byte* keys, byte* values, ref uint count, ulong flags) =>
        Kernel.LookupBatch(map, position, nextPosition, keys, values, ref count, flags);

    protected internal override int LookupAndDeleteBatch(SafeHandle map, byte* position, byte* nextPosition, byte* keys, byte* values, ref uint count, ulong flags) =>
        Kernel.LookupAndDeleteBatch(map, position, nextPosition, keys, values, ref count, flags);

    protected internal override int UpdateBatch(SafeHandle map, byte* keys, byte* values, ref uint count, ulong flags) =>
        Kernel.UpdateBatch(map, keys, values, ref count, flags);

    protected internal override int DeleteBatch(SafeHandle map, byte* keys, ref uint count, ulong flags) => Kernel.DeleteBatch(map, keys, ref count, flags);

    protected internal override int MapMemory(SafeHandle map, nuint length, nint offset, bool writable, out SafeHandle? memory) =>
        Kernel.MapMemory(map, length, offset, writable, out memory);

    protected internal override int CreateWaiter(ReadOnlySpan<SafeHandle> sources, BpfReadiness readiness, out BpfWaiter? waiter) =>
        Kernel.CreateWaiter(sources, readiness, out waiter);

    protected internal override int LoadBtf(ReadOnlySpan<byte> btf, out SafeHandle? handle) => Kernel.LoadBtf(btf, out handle);
}
