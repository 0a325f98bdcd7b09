using System.Globalization;
using System.Text;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The properties of a loaded program (BPF_OBJ_GET_INFO_BY_FD, Linux 4.13).</summary>
public sealed class BpfProgramInfo
{
    internal BpfProgramInfo(in ProgramInfoData data, string? fullName, IReadOnlyList<uint> mapIds)
    {
        Id = data.Id;
        Type = (BpfProgramType)data.Type;
        Tag = Convert.ToHexStringLower(data.Tag);
        Name = fullName ?? ShortName(data);
        MapIds = mapIds;
        BtfId = data.BtfId;
        UserId = data.UserId;
        RunCount = checked((long)data.RunCount);
        RunTime = TimeSpan.FromTicks((long)(data.RunTimeNanoseconds / TimeSpan.NanosecondsPerTick));
        if (data.LoadTime != 0)
            LoadTime = BpfClock.BootToDateTimeOffset(data.LoadTime);
    }

    /// <summary>Gets the id of the program, unique as long as the program is loaded.</summary>
    public uint Id { get; }

    /// <summary>Gets the type of the program. A type that is newer than this library keeps its number.</summary>
    public BpfProgramType Type { get; }

    /// <summary>Gets the tag: 16 hexadecimal digits, a hash of the instructions that is the same for each load of them.</summary>
    public string Tag { get; }

    /// <summary>
    /// Gets the name of the program's function. Without BTF, or where the process may not read it, only the first 15 characters.
    /// </summary>
    public string Name { get; }

    /// <summary>Gets when the program was loaded (Linux 4.15).</summary>
    public DateTimeOffset LoadTime { get; }

    /// <summary>Gets the user who loaded the program (Linux 4.15).</summary>
    public uint UserId { get; }

    /// <summary>The id of the BTF of the program's object, or 0.</summary>
    internal uint BtfId { get; }

    /// <summary>Gets the ids of the maps that the program uses; see <see cref="RawMap.OpenById"/>.</summary>
    public IReadOnlyList<uint> MapIds { get; }

    /// <summary>
    /// Gets how often the program ran while statistics were enabled, since it was loaded (Linux 5.1). See
    /// <see cref="BpfStatistics.Enable"/>.
    /// </summary>
    public long RunCount { get; }

    /// <summary>Gets the time for which the program ran while statistics were enabled, with a resolution of 100 ns (Linux 5.1).</summary>
    public TimeSpan RunTime { get; }

    /// <summary>Returns the name in quotation marks, the type and the id: <c>'on_packet' (Xdp, id 12)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"'{Name}' ({Type}, id {Id})");

    internal static string ShortName(in ProgramInfoData data)
    {
        ReadOnlySpan<byte> name = data.Name;
        int end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }
}
