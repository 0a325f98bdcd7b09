using BpfMaps.Metadata;

namespace BpfMaps.InMemory;

/// <summary>Loaded type information: its bytes and the parsed types.</summary>
internal sealed class InMemoryBtf(byte[] data, Btf types, IdTable<InMemoryBtf> table) : SharedObject
{
    public ReadOnlySpan<byte> Data => data;

    public Btf Types => types;

    protected override void Free() => table.Remove(this);
}
