using BpfMaps.Metadata;

namespace BpfMaps.Tests;

// A key with padding in the middle and a value with padding at the end, so that every write has padding to zero.

internal struct FlowKey
{
    public ushort Port;
    public uint Address;

    public static BpfTypeLayout Layout { get; } =
        BpfTypeLayout.Struct("FlowKey", 8, 4, new("Port", 0, BpfTypeLayout.Of<ushort>()), new("Address", 4, BpfTypeLayout.Of<uint>()));
}

internal struct FlowStats
{
    public ulong Packets;
    public byte Flags;

    public static BpfTypeLayout Layout { get; } =
        BpfTypeLayout.Struct("FlowStats", 16, 8, new("Packets", 0, BpfTypeLayout.Of<ulong>()), new("Flags", 8, BpfTypeLayout.Of<byte>()));
}

internal sealed class FlowsMap : BpfHashMap<FlowKey, FlowStats>
{
    private FlowsMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Hash,
            Name = "flows",
            MaxEntries = 64,
            Key = FlowKey.Layout,
            Value = FlowStats.Layout,
        };

    public static FlowsMap Create(BpfHost? host = null) => new(Schema.Create(null, host ?? TestHost.Current));

    public static FlowsMap OpenPinned(string path, BpfMapAccess access = BpfMapAccess.ReadWrite, BpfHost? host = null) =>
        new(Schema.OpenPinned(path, access, host ?? TestHost.Current));

    public static FlowsMap OpenById(uint id, BpfHost? host = null) =>
        new(Schema.OpenById(id, BpfMapAccess.ReadWrite, host ?? TestHost.Current));

    public static FlowsMap OpenOrCreatePinned(string path, BpfHost? host = null) =>
        new(Schema.OpenOrCreatePinned(path, null, host ?? TestHost.Current));

    public static FlowsMap FromFileDescriptor(int fileDescriptor, BpfHost? host = null) =>
        new(Schema.FromFileDescriptor(fileDescriptor, host ?? TestHost.Current));

    public static FlowsMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}
