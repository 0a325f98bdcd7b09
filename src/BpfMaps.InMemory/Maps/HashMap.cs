using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>A hash or per-CPU hash.</summary>
internal class HashMap : InMemoryMap
{
    public HashMap(MapShape shape, HostTables tables)
        : base(shape, tables) => Table = new HashTable(shape.MaxEntries, shape.KeySize, Format.StoredSize, shape.Seed);

    public override bool CanBeFull => true;

    protected HashTable Table { get; }

    protected override uint Count => Table.Count;

    protected override BatchCommands Batches => BatchCommands.All;

    protected override int LookupElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value)
    {
        ref byte found = ref FindElement(caller, key);
        if (Unsafe.IsNullRef(in found))
            return Errno.ENOENT;
        Format.Read(caller, in found, value);
        return Errno.Ok;
    }

    protected override ref byte FindElement(in Caller caller, ReadOnlySpan<byte> key)
    {
        int element = Table.Find(key);
        if (element == HashTable.None)
            return ref Unsafe.NullRef<byte>();
        if (caller.IsProgram)
            Used(element);
        return ref Table.Value(element);
    }

    protected override int LookupAndDeleteElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value)
    {
        int element = Table.Find(key);
        if (element == HashTable.None)
            return Errno.ENOENT;
        Format.Read(caller, ref Table.Value(element), value);
        Remove(element);
        return Errno.Ok;
    }

    protected override int UpdateElement(in Caller caller, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        ulong mode = flags & ~(ulong)BpfUpdateFlags.Lock;
        if (mode > (ulong)BpfUpdateFlags.Exist)
            return Errno.EINVAL;

        int element = Table.Find(key);
        if (element != HashTable.None)
        {
            if (mode == (ulong)BpfUpdateFlags.NoExist)
                return Errno.EEXIST;
            Format.Write(caller, ref Table.Value(element), value);
            Replaced(caller, element, flags);
            return Errno.Ok;
        }

        if (mode == (ulong)BpfUpdateFlags.Exist)
            return Errno.ENOENT;
        if (!MakeRoom(caller))
            return Errno.E2BIG;
        element = Table.Add(key);
        Format.WriteNew(caller, ref Table.Value(element), value);
        Added(caller, element);
        return Errno.Ok;
    }

    protected override int DeleteElement(ReadOnlySpan<byte> key)
    {
        int element = Table.Find(key);
        if (element == HashTable.None)
            return Errno.ENOENT;
        Remove(element);
        return Errno.Ok;
    }

    protected override int NextKey(ReadOnlySpan<byte> key, Span<byte> nextKey)
    {
        int element = key.IsEmpty ? HashTable.None : Table.Find(key);
        int next = element == HashTable.None ? Table.FirstFrom(0) : Table.After(element);
        if (next == HashTable.None)
            return Errno.ENOENT;
        Table.Key(next).CopyTo(nextKey);
        return Errno.Ok;
    }

    /// <summary>Reads whole buckets. The position is the number of the next bucket, 4 bytes.</summary>
    protected override int ReadBatch(in Caller caller, in BatchBuffers buffers, bool remove, uint room, ref uint count)
    {
        uint bucket = buffers.Position.IsEmpty ? 0 : MemoryMarshal.Read<uint>(buffers.Position);
        if (bucket >= Table.BucketCount)
            return Errno.ENOENT;

        int errno = Errno.ENOENT;
        for (int element = Table.FirstFrom(bucket); element != HashTable.None; element = Table.FirstFrom(bucket))
        {
            bucket = Table.BucketOf(element);
            uint elements = CountFrom(element);
            if (elements > room - count)
            {
                errno = count == 0 ? Errno.ENOSPC : Errno.Ok;
                break;
            }

            while (element != HashTable.None)
            {
                int next = Table.Next(element);
                Read(caller, element, buffers, count++);
                if (remove)
                    Remove(element);
                element = next;
            }

            bucket++;
        }

        MemoryMarshal.Write(buffers.NextPosition, errno == Errno.ENOENT ? Table.BucketCount : bucket);
        return errno;
    }

    /// <summary>Called when a program has looked up an element.</summary>
    protected virtual void Used(int element) { }

    /// <summary>Makes room for one more element.</summary>
    protected virtual bool MakeRoom(in Caller caller) => !IsHeldFull && Table.Count < Shape.MaxEntries;

    /// <summary>Called when an element was added.</summary>
    protected virtual void Added(in Caller caller, int element) { }

    /// <summary>
    /// Called when the value of an element was replaced. The kernel inserts a new element before the old one, except when it writes the
    /// value in place: under its lock, or for one of several CPUs.
    /// </summary>
    protected virtual void Replaced(in Caller caller, int element, ulong flags)
    {
        if (!Shape.Type.IsPerCpu() && (flags & (ulong)BpfUpdateFlags.Lock) == 0)
            Table.MoveToFront(element);
    }

    /// <summary>Removes an element.</summary>
    protected virtual void Remove(int element) => Table.Remove(element);

    private uint CountFrom(int element)
    {
        uint count = 0;
        for (; element != HashTable.None; element = Table.Next(element))
            count++;
        return count;
    }

    private void Read(in Caller caller, int element, in BatchBuffers buffers, uint index)
    {
        Table.Key(element).CopyTo(buffers.Keys[((int)index * Shape.KeySize)..]);
        Format.Read(caller, ref Table.Value(element), buffers.Values.Slice((int)index * Format.StoredSize, Format.StoredSize));
    }
}
