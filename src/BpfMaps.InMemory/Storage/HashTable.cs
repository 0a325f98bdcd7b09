using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>
/// A hash table with the kernel's order: the number of buckets is the capacity rounded up to a power of two, and new elements come first in
/// their bucket.
/// </summary>
/// <remarks>
/// Elements have indexes that are stable until their removal. Memory is allocated on demand: slabs for elements, pages for buckets. A table
/// that was once full allocates nothing more.
/// </remarks>
internal sealed class HashTable
{
    /// <summary>The index that stands for "no element".</summary>
    public const int None = -1;

    private const int BucketsPerPageShift = 10;
    private const int BucketsPerPage = 1 << BucketsPerPageShift;

    private readonly int _keySize;
    private readonly int _valueOffset;
    private readonly ulong _seed;
    private readonly SlabMemory _elements;

    // Buckets store index + 1, so that a zeroed page contains empty buckets.
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

    /// <summary>The number of elements.</summary>
    public uint Count { get; private set; }

    /// <summary>Finds a key.</summary>
    /// <returns>The index of the element, or <see cref="None"/>.</returns>
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

    /// <summary>Adds a key; the caller ensures that it does not exist. Its value contains the bytes of an earlier element.</summary>
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

    /// <summary>Moves an element to the start of its bucket.</summary>
    public void MoveToFront(int element)
    {
        Unlink(element);
        Push(element, ref HeadOf(element));
    }

    public ReadOnlySpan<byte> Key(int element) => MemoryMarshal.CreateReadOnlySpan(ref KeyReference(element), _keySize);

    public ref byte Value(int element) => ref Unsafe.Add(ref _elements[(uint)element], _valueOffset);

    /// <summary>Gets the first element of a bucket, or <see cref="None"/>.</summary>
    public int First(uint bucket) => _buckets[bucket >> BucketsPerPageShift] is { } page ? page[bucket & (BucketsPerPage - 1)] - 1 : None;

    /// <summary>Gets the next element of the same bucket, or <see cref="None"/>.</summary>
    public int Next(int element) => HeadOf(element).Next - 1;

    /// <summary>Gets the first element of a bucket or of the buckets after it, or <see cref="None"/>.</summary>
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

    /// <summary>Gets the element after another in this bucket or the buckets after it, or <see cref="None"/>.</summary>
    public int After(int element) => Next(element) is var next and not None ? next : FirstFrom(BucketOf(HeadOf(element).Hash) + 1);

    /// <summary>Gets the bucket of an element.</summary>
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

    /// <summary>The header before the key of an element.</summary>
    private struct Head
    {
        public int Next;
        public uint Hash;
    }
}
