using BpfMaps.Metadata;

namespace BpfMaps.Tests;

// Maps of kernel objects, as the generator emits them.

internal sealed class JumpsMap : BpfProgArray
{
    private JumpsMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.ProgArray,
            Name = "jumps",
            MaxEntries = 8,
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static JumpsMap Create() => new(Schema.Create(null, null));

    public static JumpsMap OpenById(uint id) => new(Schema.OpenById(id, BpfMapAccess.ReadWrite, null));

    public static JumpsMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class DevicesMap : BpfDevMap
{
    private DevicesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.DevMap,
            Name = "devices",
            MaxEntries = 8,
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static DevicesMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static DevicesMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

/// <summary>A map whose values have no space for programs.</summary>
internal sealed class PlainDevicesMap : BpfDevMap
{
    private PlainDevicesMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.DevMap,
            Name = "devices",
            MaxEntries = 8,
            Key = BpfTypeLayout.Of<uint>(),
            ValueSize = 4,
        };

    public static PlainDevicesMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static PlainDevicesMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class DevicesByKeyMap : BpfDevMapHash
{
    private DevicesByKeyMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.DevMapHash,
            Name = "by_key",
            MaxEntries = 2,
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static DevicesByKeyMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static DevicesByKeyMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class CpusMap : BpfCpuMap
{
    private CpusMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.CpuMap,
            Name = "cpus",
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static CpusMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static CpusMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class XsksMap : BpfXskMap
{
    private XsksMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.XskMap,
            Name = "xsks",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static XsksMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static XsksMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}
