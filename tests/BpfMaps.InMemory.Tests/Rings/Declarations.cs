using static BpfMaps.BpfMapType;

namespace BpfMaps.Tests;

/// <summary>A record of the ring <c>events</c>: the writer and the number of records that it wrote before.</summary>
[BpfMap(Type = RingBuf, Name = "events", ClassName = "EventRing")]
internal struct Event
{
    public uint Writer;
    public uint Number;
}

/// <summary>A record of the user ring <c>requests</c>.</summary>
[BpfMap(Type = UserRingBuf, Name = "requests", ClassName = "RequestRing")]
internal struct Request
{
    public ulong Id;
}
