namespace BpfMaps;

/// <summary>PERF_RECORD_LOST.</summary>
internal struct PerfLostRecord
{
    public const uint Type = 2;

    public PerfRecordHeader Header;
    public ulong Id;
    public ulong Lost;
}
