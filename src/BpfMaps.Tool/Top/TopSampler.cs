using System.Diagnostics;
using BpfMaps.Tool.Loaded;

namespace BpfMaps.Tool.Top;

/// <summary>Reads all maps and programs, and enables the statistics of programs for as long as it exists.</summary>
internal sealed class TopSampler : IDisposable
{
    private readonly IDisposable? _statistics;
    private Dictionary<uint, MapSampler> _maps = [];
    private Dictionary<uint, BpfProgramInfo> _programs = [];
    private long _time;

    public TopSampler()
    {
        try
        {
            _statistics = BpfStatistics.Enable();
        }
        catch (BpfException exception)
        {
            Problem = exception.Message;
        }
    }

    /// <summary>Gets why programs have no statistics; <see langword="null"/> if they have.</summary>
    public string? Problem { get; }

    public TopSample Read()
    {
        Owners owners = Owners.Find();
        return new(DateTimeOffset.UtcNow, ReadMaps(owners), ReadPrograms(owners));
    }

    public void Dispose() => _statistics?.Dispose();

    private List<MapSample> ReadMaps(Owners owners)
    {
        List<MapSample> samples = [];
        Dictionary<uint, MapSampler> samplers = [];
        foreach (BpfMapInfo info in RawMap.EnumerateLoaded())
        {
            using RawMap? map = TryOpen(info.Id);
            if (map is null)
                continue;
            MapSampler sampler = _maps.GetValueOrDefault(info.Id) ?? new();
            samplers.Add(info.Id, sampler);
            samples.Add(sampler.Read(map, owners.OfMap(info.Id)));
        }
        _maps = samplers;
        return samples;
    }

    private List<ProgramSample> ReadPrograms(Owners owners)
    {
        ILookup<uint, uint> links = BpfLink.EnumerateLoaded().ToLookup(static link => link.ProgramId, static link => link.Id);
        List<ProgramSample> samples = [];
        Dictionary<uint, BpfProgramInfo> programs = [];
        long time = Stopwatch.GetTimestamp();
        double seconds = Stopwatch.GetElapsedTime(_time, time).TotalSeconds;
        foreach (BpfProgramInfo program in BpfProgram.EnumerateLoaded())
        {
            programs.Add(program.Id, program);
            Owner[] holders =
            [
                .. owners
                    .OfProgram(program.Id)
                    .Concat(links[program.Id].SelectMany(owners.OfLink))
                    .DistinctBy(static owner => owner.ProcessId),
            ];
            if (_statistics is null || !_programs.TryGetValue(program.Id, out BpfProgramInfo? before))
            {
                samples.Add(new(program, holders, null, null, null));
                continue;
            }
            double runs = program.RunCount - before.RunCount;
            double nanoseconds = (program.RunTime - before.RunTime).TotalNanoseconds;
            samples.Add(new(program, holders, runs / seconds, runs == 0 ? null : nanoseconds / runs, nanoseconds / 1e9 / seconds));
        }
        (_programs, _time) = (programs, time);
        return samples;
    }

    private static RawMap? TryOpen(uint id)
    {
        try
        {
            return RawMap.OpenById(id, BpfMapAccess.ReadOnly);
        }
        catch (BpfException exception) when (exception.ErrnoName == "ENOENT")
        {
            return null; // The map was removed in the meantime.
        }
    }
}
