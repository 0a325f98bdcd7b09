namespace BpfMaps.Metadata;

/// <summary>Places of the variables of an object that was not linked, from its symbols.</summary>
internal sealed class SymbolPlaces
{
    private readonly Dictionary<(int Section, string Name, bool IsLocal), List<ulong>> _places = [];
    private readonly Dictionary<(int Section, string Name), int> _taken = [];

    public SymbolPlaces(List<ElfSymbol> symbols)
    {
        foreach (ElfSymbol symbol in symbols)
        {
            (int, string, bool) key = (symbol.Section, symbol.Name, symbol.IsLocal);
            if (!_places.TryGetValue(key, out List<ulong>? places))
                _places.Add(key, places = []);
            places.Add(symbol.Value);
        }
    }

    /// <summary>Gets the offset of a variable in its section.</summary>
    /// <param name="section">The section's number.</param>
    /// <param name="name">The variable's name.</param>
    /// <param name="isStatic">Whether only its C file sees it: then other variables of the section may have its name.</param>
    /// <param name="written">What the BTF says: the place of a static variable, and 0 of others.</param>
    public ulong Of(int section, string name, bool isStatic, uint written)
    {
        if (!_places.TryGetValue((section, name, isStatic), out List<ulong>? places) || places.Contains(written))
            return written;

        // Compilers that record the places of static variables only as symbols list both in the same order.
        int next = _taken[(section, name)] = _taken.GetValueOrDefault((section, name)) + 1;
        return places[Math.Min(next, places.Count) - 1];
    }
}
