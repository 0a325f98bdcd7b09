namespace BpfMaps.InMemory;

/// <summary>The elements of an LRU map in the order of their last use: in one list, or in one list per CPU.</summary>
internal sealed class LruLists(int count)
{
    private const int None = HashTable.None;

    private readonly List[] _lists = [.. Enumerable.Repeat(new List { Newest = None, Oldest = None }, count)];
    private Link[] _links = [];

    /// <summary>Gets the number of elements in a list.</summary>
    public uint CountOf(int list) => _lists[list].Count;

    /// <summary>Gets the least recently used element of a list.</summary>
    public int Oldest(int list) => _lists[list].Oldest;

    /// <summary>Gets the list of an element.</summary>
    public int ListOf(int element) => _links[element].List;

    /// <summary>Adds an element as the most recently used of a list.</summary>
    public void Add(int element, int list)
    {
        if (element >= _links.Length)
            Array.Resize(ref _links, Math.Max(element + 1, 2 * _links.Length));

        ref List owner = ref _lists[list];
        _links[element] = new Link
        {
            List = list,
            Newer = None,
            Older = owner.Newest,
        };
        NewerOf(owner.Newest, ref owner) = element;
        owner.Newest = element;
        owner.Count++;
    }

    /// <summary>Removes an element from its list.</summary>
    public void Remove(int element)
    {
        Link link = _links[element];
        ref List owner = ref _lists[link.List];
        NewerOf(link.Older, ref owner) = link.Newer;
        OlderOf(link.Newer, ref owner) = link.Older;
        owner.Count--;
    }

    /// <summary>Makes an element the most recently used of its list.</summary>
    public void Touch(int element)
    {
        int list = ListOf(element);
        if (_lists[list].Newest == element)
            return;
        Remove(element);
        Add(element, list);
    }

    // For an element, the link to the next newer one; for "no element", the oldest end of the list.
    private ref int NewerOf(int element, ref List owner) => ref element == None ? ref owner.Oldest : ref _links[element].Newer;

    // For an element, the link to the next older one; for "no element", the newest end of the list.
    private ref int OlderOf(int element, ref List owner) => ref element == None ? ref owner.Newest : ref _links[element].Older;

    private struct Link
    {
        public int List;
        public int Newer;
        public int Older;
    }

    private struct List
    {
        public uint Count;
        public int Newest;
        public int Oldest;
    }
}
