namespace BpfMaps.Tests;

/// <summary>Numbered maps to store in maps of maps: three that match, one of another shape, and a descriptor that is not open.</summary>
internal sealed class InnerMaps : ElementCodec, IDisposable
{
    private const int Fitting = 3;
    private const int OtherShape = Fitting;
    private const int NotOpen = 1_000_000;

    private readonly RawMap[] _maps;

    public InnerMaps()
        : base(sizeof(int), sizeof(int))
    {
        RawMap[] fitting = [.. Enumerable.Range(0, Fitting).Select(_ => TestMaps.Create(BpfMapType.Hash))];
        _maps = [.. fitting, TestMaps.Create(BpfMapType.Hash, valueSize: 16)];
    }

    public RawMap Template => _maps[0];

    /// <summary>Gets the index of the map of a number.</summary>
    public static int Which(int number) => number % (Fitting + 2);

    /// <summary>Gets the reason why the map of a number cannot be stored; <see langword="null"/> if it can be.</summary>
    public static string? Refusal(int number) =>
        Which(number) switch
        {
            < Fitting => null,
            OtherShape => "EINVAL",
            _ => "EBADF",
        };

    public override byte[] Key(int number) => TestMaps.Bytes(number);

    /// <summary>Converts a number to a descriptor, for writing.</summary>
    public override byte[] Value(int number) =>
        Which(number) < _maps.Length ? TestMaps.DescriptorOf(_maps[Which(number)]) : TestMaps.Bytes(NotOpen);

    /// <summary>Converts an id, as read, to a number.</summary>
    public override string ValueText(ReadOnlySpan<byte> value)
    {
        uint id = BitConverter.ToUInt32(value);
        int which = Array.FindIndex(_maps, map => map.Info.Id == id);
        return which >= 0 ? $"{which}" : $"id {id}";
    }

    public void Dispose() => Array.ForEach(_maps, map => map.Dispose());

    protected override int KeyNumber(ReadOnlySpan<byte> key) => BitConverter.ToInt32(key);
}
