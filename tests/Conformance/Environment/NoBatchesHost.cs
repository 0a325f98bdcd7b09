using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>A host that has no batches, nor LOOKUP_AND_DELETE on hashes, and leaves the rest to another one.</summary>
/// <param name="errno">What it answers instead: EINVAL as a kernel before Linux 5.6, which does not know the commands; ENOTSUPP as one whose kind of map does not have them.</param>
internal sealed unsafe class NoBatchesHost(int errno = Errno.EINVAL) : BpfHost
{
    private readonly BpfHost _host = TestHost.Current;

    public override ReadOnlySpan<int> PossibleCpus => _host.PossibleCpus;

    public override bool SupportsMapType(BpfMapType type) => _host.SupportsMapType(type);

    protected internal override int CreateMap(in BpfMapCreateArguments arguments, out SafeHandle? map) => _host.CreateMap(arguments, out map);

    protected internal override int OpenPinnedMap(string path, BpfMapAccess access, out SafeHandle? map) => _host.OpenPinnedMap(path, access, out map);

    protected internal override int OpenMapById(uint id, BpfMapAccess access, out SafeHandle? map) => _host.OpenMapById(id, access, out map);

    protected internal override int DuplicateDescriptor(int descriptor, out SafeHandle? map) => _host.DuplicateDescriptor(descriptor, out map);

    protected internal override int GetNextMapId(uint id, out uint nextId) => _host.GetNextMapId(id, out nextId);

    protected internal override int GetMapInfo(SafeHandle map, BpfMapInfoData* info) => _host.GetMapInfo(map, info);

    protected internal override int GetMapUsage(SafeHandle map, out BpfMapUsage usage) => _host.GetMapUsage(map, out usage);

    protected internal override BpfMapAccess GetAccess(SafeHandle map) => _host.GetAccess(map);

    protected internal override int Pin(SafeHandle map, string path) => _host.Pin(map, path);

    protected internal override int Unpin(string path) => _host.Unpin(path);

    protected internal override int Freeze(SafeHandle map) => _host.Freeze(map);

    protected internal override int Lookup(SafeHandle map, byte* key, byte* value, ulong flags) => _host.Lookup(map, key, value, flags);

    protected internal override int LookupAndDelete(SafeHandle map, byte* key, byte* value, ulong flags) => errno;

    protected internal override int Update(SafeHandle map, byte* key, byte* value, ulong flags) => _host.Update(map, key, value, flags);

    protected internal override int Delete(SafeHandle map, byte* key) => _host.Delete(map, key);

    protected internal override int GetNextKey(SafeHandle map, byte* key, byte* nextKey) => _host.GetNextKey(map, key, nextKey);

    protected internal override int LookupBatch(SafeHandle map, byte* from, byte* to, byte* keys, byte* values, ref uint count, ulong flags) => errno;

    protected internal override int LookupAndDeleteBatch(SafeHandle map, byte* from, byte* to, byte* keys, byte* values, ref uint count, ulong flags) => errno;

    protected internal override int UpdateBatch(SafeHandle map, byte* keys, byte* values, ref uint count, ulong flags) => errno;

    protected internal override int DeleteBatch(SafeHandle map, byte* keys, ref uint count, ulong flags) => errno;

    protected internal override int MapMemory(SafeHandle map, nuint length, nint offset, bool writable, out SafeHandle? memory) => _host.MapMemory(map, length, offset, writable, out memory);

    protected internal override int CreateWaiter(ReadOnlySpan<SafeHandle> sources, BpfReadiness readiness, out BpfWaiter? waiter) =>
        _host.CreateWaiter(sources, readiness, out waiter);

    protected internal override int LoadBtf(ReadOnlySpan<byte> btf, out SafeHandle? handle) => _host.LoadBtf(btf, out handle);

    protected internal override int OpenBtfById(uint id, out SafeHandle? btf) => _host.OpenBtfById(id, out btf);

    protected internal override int GetBtfData(SafeHandle btf, Span<byte> buffer, out int size) => _host.GetBtfData(btf, buffer, out size);

    protected internal override string? Explain(string command, int errno, string? path) => _host.Explain(command, errno, path);
}
