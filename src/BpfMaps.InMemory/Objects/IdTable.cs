namespace BpfMaps.InMemory;

/// <summary>The objects of one kind by their ids, which ascend and are not given twice.</summary>
internal sealed class IdTable<T>
    where T : SharedObject
{
    private readonly Lock _gate = new();

    // In the order of their ids, because ids ascend.
    private readonly List<T> _objects = [];
    private uint _lastId;

    /// <summary>Gives a new object its id.</summary>
    public void Add(T item)
    {
        lock (_gate)
        {
            item.Id = ++_lastId;
            _objects.Add(item);
        }
    }

    /// <summary>Takes out an object that nobody holds any more.</summary>
    public void Remove(T item)
    {
        lock (_gate)
        {
            if (IndexAfter(item.Id) is var index and > 0 && _objects[index - 1] == item)
                _objects.RemoveAt(index - 1);
        }
    }

    /// <summary>The object with an id, held for the caller.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public T? Hold(uint id)
    {
        lock (_gate)
        {
            int index = IndexAfter(id);
            return index > 0 && _objects[index - 1] is { } item && item.Id == id && item.TryHold() ? item : null;
        }
    }

    /// <summary>The name of the object with an id; <see langword="null"/> if there is none.</summary>
    public string? NameOf(uint id)
    {
        lock (_gate)
            return IndexAfter(id) is var index and > 0 && _objects[index - 1].Id == id ? _objects[index - 1].Name : null;
    }

    /// <summary>The object with a name, held for the caller.</summary>
    /// <returns><see langword="null"/> if there is none, or more than one.</returns>
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

    /// <summary>The smallest id above another one.</summary>
    /// <returns><see langword="false"/> after the last.</returns>
    public bool TryGetNext(uint id, out uint nextId)
    {
        lock (_gate)
        {
            int index = IndexAfter(id);
            nextId = index < _objects.Count ? _objects[index].Id : 0;
            return nextId != 0;
        }
    }

    /// <summary>All objects, as they are now. They are not held.</summary>
    public T[] ToArray()
    {
        lock (_gate)
            return [.. _objects];
    }

    /// <summary>Where the first object with an id above this one stands.</summary>
    private int IndexAfter(uint id)
    {
        int low = 0, high = _objects.Count;
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
