namespace Profile;

/// <summary>A function in the tree of all sampled stacks, and how many samples it or what it called was seen in.</summary>
internal sealed class Frame(string name)
{
    private readonly SortedDictionary<string, Frame> _called = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public ulong Samples { get; private set; }

    public IEnumerable<Frame> Called => _called.Values;

    /// <summary>Gets the number of levels, this one included.</summary>
    public int Depth => 1 + (_called.Count == 0 ? 0 : _called.Values.Max(static frame => frame.Depth));

    /// <summary>Adds samples of a stack below this frame.</summary>
    public void Add(ReadOnlySpan<string> stack, ulong samples)
    {
        Samples += samples;
        if (stack.IsEmpty)
            return;
        if (!_called.TryGetValue(stack[0], out Frame? frame))
            _called.Add(stack[0], frame = new Frame(stack[0]));
        frame.Add(stack[1..], samples);
    }

    /// <summary>Writes each stack on a line, with the samples that ended in it: <c>dotnet;Main;Work 12</c>.</summary>
    public void WriteFolded(TextWriter output, string path = "")
    {
        ulong own = Samples;
        foreach (Frame frame in Called)
        {
            own -= frame.Samples;
            frame.WriteFolded(output, path.Length == 0 ? frame.Name : $"{path};{frame.Name}");
        }
        if (own > 0 && path.Length > 0)
            output.WriteLine($"{path} {own}");
    }
}
