namespace BpfMaps.InMemory;

/// <summary>The objects of one kind by id. Ids ascend and are never reused.</summary>
internal sealed class IdTable<T>
    where T : SharedObject
{
    private readonly Lock _gate = new();

    // Sorted by id, because ids ascend.
    private readonly List<T> _objects = [];
    private uint _lastId;

    /// <summary>Assigns an id to a new object.</summary>
    public void Add(T item)
    {
        lock (_gate)
        {
            item.Id = ++_lastId;
            _objects.Add(item);
        }
    }

    /// <summary>Removes an object that has no more references.</summary>
    public void Remove(T item)
    {
        lock (_gate)
        {
            if (IndexAfter(item.Id) is var index and > 0 && _objects[index - 1] == item)
                _objects.RemoveAt(index - 1);
        }
    }

    /// <summary>Gets the object with an id and acquires a reference for the caller.</summary>
    /// <returns><see langword="null"/> if there is no such object.</returns>
    public T? Hold(uint id)
    {
        lock (_gate)
        {
            int index = IndexAfter(id);
            return index > 0 && _objects[index - 1] is { } item && item.Id == id && item.TryHold() ? item : null;
        }
    }

    /// <summary>Gets the name of the object with an id; <see langword="null"/> if there is no such object.</summary>
    public string? NameOf(uint id)
    {
        lock (_gate)
            return IndexAfter(id) is var index and > 0 && _objects[index - 1].Id == id ? _objects[index - 1].Name : null;
    }

    /// <summary>Gets the object with a name and acquires a reference for the caller.</summary>
    /// <returns><see langword="null"/> if no object or more than one object has the name.</returns>
    public T? Hold(string name)
    {
        lock (_gate)
        {
            T? found = null;
            foreach (T item in _objects)
            {
                if (item.Name != name)
                    continue;
                if (found is not null)
                    return null;
                found = item;
            }

            return found is not null && found.TryHold() ? found : null;
        }
    }

    /// <summary>Gets the smallest id greater than another.</summary>
    /// <returns><see langword="false"/> if there is none.</returns>
    public bool TryGetNext(uint id, out uint nextId)
    {
        lock (_gate)
        {
            int index = IndexAfter(id);
            nextId = index < _objects.Count ? _objects[index].Id : 0;
            return nextId != 0;
        }
    }

    /// <summary>Gets a snapshot of all objects, without acquiring references.</summary>
    public T[] ToArray()
    {
        lock (_gate)
            return [.. _objects];
    }

    /// <summary>Gets the index of the first object with an id greater than <paramref name="id"/>.</summary>
    private int IndexAfter(uint id)
    {
        int low = 0,
            high = _objects.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_objects[middle].Id <= id)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
