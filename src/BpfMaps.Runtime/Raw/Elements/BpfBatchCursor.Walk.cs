namespace BpfMaps;

// Replaces batches where the kernel has none, key by key.
public sealed unsafe partial class BpfBatchCursor
{
    private long _steps;
    private bool _looksUpThenDeletes;
    private (int Errno, BpfCommand Command) _failure;

    /// <summary>
    /// If the current key is removed, BPF_MAP_GET_NEXT_KEY restarts at the first key. Twice the capacity is enough for a full walk after a
    /// restart, and ends the walk in any case. For maps without a capacity, a removed key ends the walk.
    /// </summary>
    private long MostSteps => _map.Type.HasNoCapacity() ? long.MaxValue : (2L * _map.MaxEntries) + 1;

    /// <summary>
    /// Gets whether BPF_MAP_GET_NEXT_KEY may return a key that is not in the map: older kernels (seen on 5.10) return bytes of the list's
    /// head after the last cgroup storage.
    /// </summary>
    private bool MayGetMissingKeys => _map.Type is BpfMapType.CgroupStorage or BpfMapType.PerCpuCgroupStorage;

    private int WalkChunk()
    {
        int count = 0;
        fixed (byte* position = _position)
        fixed (byte* keys = _keys)
        fixed (byte* values = _values)
        {
            while (count < _capacity && !_isDone && _failure.Errno == Errno.Ok)
            {
                byte* key = keys + ((long)count * _keySize);
                int errno = NextKey(position, key);
                if (errno == Errno.ENOENT || ++_steps > MostSteps)
                {
                    _isDone = true;
                    break;
                }

                if (errno != Errno.Ok)
                {
                    _failure = (errno, BpfCommand.MapGetNextKey);
                    break;
                }

                if (TryTake(key, values + ((long)count * _valueSize)))
                    count++;
            }
        }

        // Elements that were read, and perhaps removed, before the failure are returned first.
        if (count == 0 && _failure.Errno != Errno.Ok)
        {
            _isDone = true;
            throw _map.Failure(_failure.Errno, _failure.Command);
        }

        return count;
    }

    private int NextKey(byte* position, byte* key)
    {
        int errno = _map.Host.GetNextKey(_map.Handle, _hasPosition ? position : null, key);
        if (errno == Errno.Ok && _mode != BpfBatchMode.LookupAndDelete)
        {
            new ReadOnlySpan<byte>(key, _keySize).CopyTo(_position);
            _hasPosition = true;
        }

        return errno;
    }

    /// <summary>
    /// Processes a key according to the mode. Returns <see langword="false"/> if the key was removed or the command failed.
    /// </summary>
    private bool TryTake(byte* key, byte* value)
    {
        switch (_mode)
        {
            case BpfBatchMode.KeysOnly when !MayGetMissingKeys:
                return true;
            case BpfBatchMode.LookupAndDelete when !_looksUpThenDeletes:
                int errno = _map.Host.LookupAndDelete(_map.Handle, key, value, (ulong)_flags);
                if (!Errno.IsNotSupported(errno) && errno != Errno.EINVAL)
                    return Succeeded(errno, BpfCommand.MapLookupAndDeleteElem);
                _looksUpThenDeletes = true; // Hashes have the combined command since Linux 5.14.
                break;
            default:
                break;
        }

        if (!Succeeded(_map.Host.Lookup(_map.Handle, key, value, (ulong)_flags), BpfCommand.MapLookupElem))
            return false;
        return _mode != BpfBatchMode.LookupAndDelete || Succeeded(_map.Host.Delete(_map.Handle, key), BpfCommand.MapDeleteElem);
    }

    private bool Succeeded(int errno, BpfCommand command)
    {
        if (errno is not (Errno.Ok or Errno.ENOENT))
            _failure = (errno, command);
        return errno == Errno.Ok;
    }
}
