using System.Collections;

namespace BpfMaps;

/// <summary>The links of the programs of an object that were attached together. Disposing it disposes them.</summary>
public sealed class BpfLinkCollection : IReadOnlyCollection<BpfLink>, IDisposable
{
    private readonly Dictionary<string, BpfLink> _links;

    internal BpfLinkCollection(Dictionary<string, BpfLink> links, IReadOnlyList<string> skipped) => (_links, Skipped) = (links, skipped);

    /// <summary>Gets the number of links.</summary>
    public int Count => _links.Count;

    /// <summary>Gets the programs that were not attached, because their sections name no target, such as those of XDP.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Gets the link of a program, or of a struct_ops map.</summary>
    /// <param name="name">The name of the program's function, or of the map.</param>
    /// <exception cref="KeyNotFoundException">The program was not attached.</exception>
    public BpfLink this[string name] =>
        _links.TryGetValue(name, out BpfLink? link)
            ? link
            : throw new KeyNotFoundException($"'{name}' was not attached; there are links of {string.Join(", ", _links.Keys)}.");

    /// <summary>Returns an enumerator of the links.</summary>
    public IEnumerator<BpfLink> GetEnumerator() => _links.Values.GetEnumerator();

    /// <summary>Disposes all links.</summary>
    public void Dispose()
    {
        foreach (BpfLink link in _links.Values)
            link.Dispose();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
