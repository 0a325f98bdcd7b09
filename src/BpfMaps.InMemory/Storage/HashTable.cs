using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>Keys and values in buckets, in the order of the kernel's hashes: as many buckets as the capacity rounded up to a power of two, new elements first in theirs.</summary>
/// <remarks>
/// Elements are known by numbers, which stay theirs until they are removed. Memory comes as it is needed: that of elements in slabs, that
/// of buckets in pages. A table that has once been full allocates nothing more.
/// </remarks>
internal sealed class HashTable
{
    /// <summary>Stands for "no element".</summary>
    public const int None = -1;

    private const int BucketsPerPageShift = 10;
    private const int BucketsPerPage = 1 << BucketsPerPageShift;

    private readonly int _keySize;
    private readonly int _valueOffset;
    private readonly ulong _seed;
    private readonly SlabMemory _elements;

    // Elements are numbered from 1 here, so that a fresh page is one of empty buckets.
    private readonly int[]?[] _buckets;
    private readonly NumberPool _numbers = new();

    public HashTable(uint maxEntries, int keySize, int valueSize, ulong seed)
    {
        BucketCount = BitOperations.RoundUpToPowerOf2(maxEntries);
        _seed = seed;
        _keySize = keySize;
        _valueOffset = Unsafe.SizeOf<Head>() + BpfMapTypeFacts.Stride(keySize);
        _elements = new SlabMemory(_valueOffset + BpfMapTypeFacts.Stride(valueSize));
        _buckets = new int[]?[((long)BucketCount + BucketsPerPage - 1) >> BucketsPerPageShift];
    }

    public uint BucketCount { get; }

    /// <summary>How many elements there are.</summary>
    public uint Count { get; private set; }

    /// <summary>Finds a key.</summary>
    /// <returns>The element's number, or <see cref="None"/>.</returns>
    public int Find(ReadOnlySpan<byte> key)
    {
        uint hash = ByteHash.Of(key, _seed);
        for (int element = First(BucketOf(hash)); element != None; element = Next(element))
        {
            if (HeadOf(element).Hash == hash && Key(element).SequenceEqual(key))
                return element;
        }

        return None;
    }

    /// <summary>Adds a key that is not there; the caller has seen to that. Its value is what an earlier element left.</summary>
    public int Add(ReadOnlySpan<byte> key)
    {
        int element = _numbers.Take();
        ref Head head = ref HeadOf(element);
        head.Hash = ByteHash.Of(key, _seed);
        key.CopyTo(MemoryMarshal.CreateSpan(ref KeyReference(element), _keySize));
        Push(element, ref head);
        Count++;
        return element;
    }

    /// <summary>Removes an element.</summary>
    public void Remove(int element)
    {
        Unlink(element);
        _numbers.Return(element);
        Count--;
    }

    /// <summary>Makes an element the first of its bucket.</summary>
    public void MoveToFront(int element)
    {
        Unlink(element);
        Push(element, ref HeadOf(element));
    }

    public ReadOnlySpan<byte> Key(int element) => MemoryMarshal.CreateReadOnlySpan(ref KeyReference(element), _keySize);

    public ref byte Value(int element) => ref Unsafe.Add(ref _elements[(uint)element], _valueOffset);

    /// <summary>The first element of a bucket, or <see cref="None"/>.</summary>
    public int First(uint bucket) => _buckets[bucket >> BucketsPerPageShift] is { } page ? page[bucket & (BucketsPerPage - 1)] - 1 : None;

    /// <summary>The next element of the same bucket, or <see cref="None"/>.</summary>
    public int Next(int element) => HeadOf(element).Next - 1;

    /// <summary>The first element of a bucket or of those after it, or <see cref="None"/>.</summary>
    public int FirstFrom(uint bucket)
    {
        while (bucket < BucketCount)
        {
            if (_buckets[bucket >> BucketsPerPageShift] is null)
            {
                bucket = ((bucket >> BucketsPerPageShift) + 1) << BucketsPerPageShift;
                continue;
            }

            int element = First(bucket);
            if (element != None)
                return element;
            bucket++;
        }

        return None;
    }

    /// <summary>The element after another one, in this bucket or in those after it, or <see cref="None"/>.</summary>
    public int After(int element) => Next(element) is var next and not None ? next : FirstFrom(BucketOf(HeadOf(element).Hash) + 1);

    /// <summary>The bucket that an element is in.</summary>
    public uint BucketOf(int element) => BucketOf(HeadOf(element).Hash);

    private uint BucketOf(uint hash) => hash & (BucketCount - 1);

    private ref Head HeadOf(int element) => ref Unsafe.As<byte, Head>(ref _elements[(uint)element]);

    private ref byte KeyReference(int element) => ref Unsafe.Add(ref _elements[(uint)element], Unsafe.SizeOf<Head>());

    private ref int BucketSlot(uint bucket)
    {
        int[] page = _buckets[bucket >> BucketsPerPageShift] ??= new int[BucketsPerPage];
        return ref page[bucket & (BucketsPerPage - 1)];
    }

    private void Push(int element, ref Head head)
    {
        ref int first = ref BucketSlot(BucketOf(head.Hash));
        head.Next = first;
        first = element + 1;
    }

    private void Unlink(int element)
    {
        ref Head head = ref HeadOf(element);
        ref int link = ref BucketSlot(BucketOf(head.Hash));
        while (link != element + 1)
            link = ref HeadOf(link - 1).Next;
        link = head.Next;
    }

    /// <summary>What stands before the key of an element.</summary>
    private struct Head
    {
        public int Next;
        public uint Hash;
    }
}
