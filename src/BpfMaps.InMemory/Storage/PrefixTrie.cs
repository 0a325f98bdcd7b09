using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.InMemory;

/// <summary>
/// Prefixes and values in a path-compressed binary trie, walked in the kernel's order: longer prefixes before the prefixes that contain
/// them.
/// </summary>
/// <remarks>
/// A node is a prefix that was added, or a fork. Nodes have indexes; links store index + 1, so that zeroed memory is a node without
/// children.
/// </remarks>
internal sealed class PrefixTrie
{
    /// <summary>The index that stands for "no node".</summary>
    public const int None = -1;

    private readonly int _dataSize;
    private readonly int _valueOffset;
    private readonly SlabMemory _nodes;
    private readonly NumberPool _numbers = new();
    private readonly int[] _path;
    private int _root;

    /// <param name="dataSize">The maximum size of a prefix in bytes.</param>
    /// <param name="valueSize">The size of a value in bytes.</param>
    public PrefixTrie(int dataSize, int valueSize)
    {
        _dataSize = dataSize;
        _valueOffset = Unsafe.SizeOf<Head>() + BpfMapTypeFacts.Stride(dataSize);
        _nodes = new SlabMemory(_valueOffset + BpfMapTypeFacts.Stride(valueSize));
        _path = new int[MaxLength + 1];
    }

    /// <summary>The maximum number of bits in a prefix.</summary>
    public int MaxLength => _dataSize * 8;

    /// <summary>The number of prefixes.</summary>
    public uint Count { get; private set; }

    /// <summary>Finds the longest prefix that matches, or <see cref="None"/>.</summary>
    public int Match(int length, ReadOnlySpan<byte> data)
    {
        int found = None;
        int node = _root - 1;
        while (node != None)
        {
            ref Head head = ref HeadOf(node);
            if (CommonLength(node, length, data) < head.Length)
                break;
            if (!head.IsFork)
                found = node;
            if (head.Length == MaxLength)
                break;
            node = head[Bit(data, head.Length)] - 1;
        }

        return found;
    }

    /// <summary>Finds an exact prefix, or <see cref="None"/>.</summary>
    public int Find(int length, ReadOnlySpan<byte> data) => Descend(length, data) is var depth and not 0 ? _path[depth - 1] : None;

    /// <summary>Adds a prefix. If it exists, replaces its bits after the prefix length.</summary>
    /// <returns>The node. Its value is unchanged, or contains the bytes of an earlier node.</returns>
    public int Set(int length, ReadOnlySpan<byte> data)
    {
        ref int link = ref FindLink(length, data, out int common);
        int old = link - 1;
        if (old != None && HeadOf(old).Length == length && common == length)
        {
            ref Head head = ref HeadOf(old);
            Count += head.IsFork ? 1u : 0;
            head.IsFork = false;
            data.CopyTo(Data(old));
            return old;
        }

        int added = NewNode(length, data, isFork: false);
        Count++;
        if (old == None)
        {
            link = added + 1;
        }
        else if (common == length)
        {
            HeadOf(added)[Bit(Data(old), common)] = old + 1;
            link = added + 1;
        }
        else
        {
            int fork = NewNode(common, Data(old), isFork: true);
            HeadOf(fork)[Bit(data, common)] = added + 1;
            HeadOf(fork)[Bit(Data(old), common)] = old + 1;
            link = fork + 1;
        }

        return added;
    }

    /// <summary>Removes an exact prefix.</summary>
    /// <returns><see langword="false"/> if it does not exist.</returns>
    public bool Remove(int length, ReadOnlySpan<byte> data)
    {
        int depth = Descend(length, data);
        if (depth == 0)
            return false;

        Count--;
        int node = _path[depth - 1];
        ref Head head = ref HeadOf(node);
        if (head[0] != 0 && head[1] != 0)
        {
            head.IsFork = true;
            return true;
        }

        int child = head[0] | head[1];
        LinkTo(depth - 1) = child;
        _numbers.Return(node);

        // A fork with only one child is not needed any more.
        if (child == 0 && depth > 1 && _path[depth - 2] is var parent && HeadOf(parent) is { IsFork: true } fork)
        {
            LinkTo(depth - 2) = fork[0] | fork[1];
            _numbers.Return(parent);
        }

        return true;
    }

    /// <summary>Gets the first prefix of the walk, or <see cref="None"/>.</summary>
    public int First() => FirstBelow(_root - 1);

    /// <summary>Gets the prefix after an exact one in the walk, or <see cref="None"/>; the first if the exact one does not exist.</summary>
    public int After(int length, ReadOnlySpan<byte> data)
    {
        int depth = Descend(length, data);
        if (depth == 0)
            return First();

        for (int at = depth - 1; at > 0; at--)
        {
            int parent = _path[at - 1];
            ref Head head = ref HeadOf(parent);
            if (head[0] == _path[at] + 1 && head[1] != 0)
                return FirstBelow(head[1] - 1);
            if (!head.IsFork)
                return parent;
        }

        return None;
    }

    public int LengthOf(int node) => HeadOf(node).Length;

    public Span<byte> Data(int node) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _nodes[(uint)node], Unsafe.SizeOf<Head>()), _dataSize);

    public ref byte Value(int node) => ref Unsafe.Add(ref _nodes[(uint)node], _valueOffset);

    /// <summary>Records the path to an exact prefix.</summary>
    /// <returns>The number of nodes on the path; 0 if the prefix does not exist.</returns>
    private int Descend(int length, ReadOnlySpan<byte> data)
    {
        int depth = 0;
        for (int node = _root - 1; node != None; node = HeadOf(node)[Bit(data, HeadOf(node).Length)] - 1)
        {
            _path[depth++] = node;
            ref Head head = ref HeadOf(node);
            if (head.Length > length || CommonLength(node, length, data) < head.Length)
                return 0;
            if (head.Length == length)
                return head.IsFork ? 0 : depth;
        }

        return 0;
    }

    /// <summary>Finds the place of a prefix: the link to the first node that does not contain it.</summary>
    /// <param name="length">The length of the prefix in bits.</param>
    /// <param name="data">The bits.</param>
    /// <param name="common">The number of bits that it shares with that node.</param>
    private ref int FindLink(int length, ReadOnlySpan<byte> data, out int common)
    {
        ref int link = ref _root;
        common = 0;
        while (link != 0)
        {
            ref Head head = ref HeadOf(link - 1);
            common = CommonLength(link - 1, length, data);
            if (common < head.Length || head.Length == length)
                break;
            link = ref head[Bit(data, head.Length)];
        }

        return ref link;
    }

    /// <summary>Gets the link to a node of the recorded path.</summary>
    private ref int LinkTo(int at)
    {
        if (at == 0)
            return ref _root;
        ref Head parent = ref HeadOf(_path[at - 1]);
        return ref parent[0] == _path[at] + 1 ? ref parent[0] : ref parent[1];
    }

    private int FirstBelow(int node)
    {
        int found = None;
        while (node != None)
        {
            ref Head head = ref HeadOf(node);
            found = node;
            node = (head[0] != 0 ? head[0] : head[1]) - 1;
        }

        return found;
    }

    private int NewNode(int length, ReadOnlySpan<byte> data, bool isFork)
    {
        int node = _numbers.Take();
        HeadOf(node) = new Head { Length = length, IsFork = isFork };
        data.CopyTo(Data(node));
        return node;
    }

    /// <summary>Counts the bits that a node's prefix and another prefix share.</summary>
    private int CommonLength(int node, int length, ReadOnlySpan<byte> data)
    {
        int limit = Math.Min(HeadOf(node).Length, length);
        ReadOnlySpan<byte> own = Data(node);
        int bytes = own[..(limit / 8)].CommonPrefixLength(data);
        if (bytes * 8 >= limit)
            return limit;
        int differing = own[bytes] ^ data[bytes];
        return Math.Min(limit, (bytes * 8) + (differing == 0 ? 8 : int.LeadingZeroCount(differing) - 24));
    }

    private static int Bit(ReadOnlySpan<byte> data, int index) => data[index / 8] >> (7 - (index % 8)) & 1;

    private ref Head HeadOf(int node) => ref Unsafe.As<byte, Head>(ref _nodes[(uint)node]);

    /// <summary>The header before the bits of a node: its children and its state.</summary>
    private struct Head
    {
        public int Length;
        public bool IsFork;
        private Children _children;

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public ref int this[int bit] => ref _children[bit];

        [InlineArray(2)]
        private struct Children
        {
            private int _first;
        }
    }
}
