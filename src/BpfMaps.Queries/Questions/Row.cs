namespace BpfMaps.Queries.Questions;

/// <summary>An element and the parameters of a question, for evaluation in user space.</summary>
internal readonly ref struct Row(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ReadOnlySpan<ulong> parameters)
{
    public ReadOnlySpan<ulong> Parameters { get; } = parameters;

    private ReadOnlySpan<byte> Key { get; } = key;

    private ReadOnlySpan<byte> Value { get; } = value;

    public ReadOnlySpan<byte> this[Part part] => part == Part.Key ? Key : Value;
}
