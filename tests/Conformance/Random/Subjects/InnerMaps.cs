namespace BpfMaps.Tests;

/// <summary>Maps to put into maps of maps, by number: three that fit, one of another shape, and a descriptor that is not open.</summary>
internal sealed class InnerMaps : ElementCodec, IDisposable
{
    private const int Fitting = 3;
    private const int OtherShape = Fitting;
    private const int NotOpen = 1_000_000;

    private readonly RawMap[] _maps;

    public InnerMaps()
        : base(sizeof(int))
    {
        RawMap[] fitting = [.. Enumerable.Range(0, Fitting).Select(_ => TestMaps.Create(BpfMapType.Hash))];
        _maps = [.. fitting, TestMaps.Create(BpfMapType.Hash, valueSize: 16)];
    }

    public RawMap Template => _maps[0];

    /// <summary>Which of the maps a number means.</summary>
    public static int Which(int number) => number % (Fitting + 2);

    /// <summary>Why the map that a number means cannot be put into a map of maps; <see langword="null"/> if it can.</summary>
    public static string? Refusal(int number) => Which(number) switch
    {
        < Fitting => null,
        OtherShape => "EINVAL",
        _ => "EBADF",
    };

    public override byte[] Key(int number) => TestMaps.Bytes(number);

    /// <summary>What is written is a descriptor ...</summary>
    public override byte[] Value(int number) => Which(number) < _maps.Length ? TestMaps.DescriptorOf(_maps[Which(number)]) : TestMaps.Bytes(NotOpen);

    /// <summary>... and what is read is an id.</summary>
    public override string ValueText(ReadOnlySpan<byte> value)
    {
        uint id = BitConverter.ToUInt32(value);
        int which = Array.FindIndex(_maps, map => map.Info.Id == id);
        return which >= 0 ? $"{which}" : $"id {id}";
    }

    public void Dispose() => Array.ForEach(_maps, map => map.Dispose());

    protected override int KeyNumber(ReadOnlySpan<byte> key) => BitConverter.ToInt32(key);
}
