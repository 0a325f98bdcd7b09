using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

// Map classes as the generator emits them, and the records that the programs write.

#pragma warning disable CS0649 // Programs assign the fields.

internal struct Event
{
    public ulong Sequence;
    public ulong Value;

    public static BpfTypeLayout Layout { get; } =
        BpfTypeLayout.Struct("event", 16, 8, new("sequence", 0, BpfTypeLayout.Of<ulong>()), new("value", 8, BpfTypeLayout.Of<ulong>()));
}

/// <summary>The common prefix of two record types.</summary>
internal struct Prefix
{
    public uint Kind;
    public uint ProcessId;

    public static BpfTypeLayout Layout { get; } =
        BpfTypeLayout.Struct("prefix", 8, 4, new("kind", 0, BpfTypeLayout.Of<uint>()), new("pid", 4, BpfTypeLayout.Of<uint>()));
}

internal struct Started
{
    public Prefix Prefix;
    public ulong Inode;
    public CommandName Command;

    [InlineArray(16)]
    public struct CommandName
    {
        private byte _first;
    }
}

internal struct Ended
{
    public Prefix Prefix;
    public int Code;
}

internal sealed class EventMap : BpfRingBuffer<Event>
{
    private EventMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.RingBuf,
            Name = "events",
            Value = Event.Layout,
        };

    public static EventMap Create(uint size, BpfHost? host = null) => new(Schema.Create(size, host));

    public static EventMap OpenPinned(string path, BpfMapAccess access = BpfMapAccess.ReadWrite, BpfHost? host = null) =>
        new(Schema.OpenPinned(path, access, host));

    public static EventMap FromFileDescriptor(int descriptor, BpfHost? host = null) => new(Schema.FromFileDescriptor(descriptor, host));

    public static EventMap Of(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class PrefixMap : BpfRingBuffer<Prefix>
{
    private PrefixMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.RingBuf,
            Name = "events",
            Value = Prefix.Layout,
        };

    public static PrefixMap Of(RawMap raw) => new(Schema.Validate(raw));
}

internal sealed class RequestMap : BpfUserRingBuffer<Event>
{
    private RequestMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.UserRingBuf,
            Name = "requests",
            Value = Event.Layout,
        };

    public static RequestMap FromFileDescriptor(int descriptor, BpfHost? host = null) => new(Schema.FromFileDescriptor(descriptor, host));

    public static RequestMap Of(RawMap raw) => new(Schema.Validate(raw));
}
