namespace BpfMaps.InMemory;

/// <summary>Type information that was loaded, as its bytes and as what they say.</summary>
internal sealed class InMemoryBtf(byte[] data, Btf types, IdTable<InMemoryBtf> table) : SharedObject
{
    public ReadOnlySpan<byte> Data => data;

    public Btf Types => types;

    protected override void Free() => table.Remove(this);
}
