using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Queries.Assembly;
using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Running;

/// <summary>Answers questions with programs in the kernel.</summary>
internal sealed partial class KernelRunner : QueryRunner
{
    /// <summary>The size of the results before there are many, in bytes.</summary>
    private const int FirstResultsSize = 256 << 10;

    /// <summary>The size that results do not exceed, in bytes. More are collected in several runs.</summary>
    private const int LargestResultsSize = 64 << 20;

    /// <summary>The size of the keys and values of one run in bytes.</summary>
    private const int LargestLookupSize = 1 << 20;

    private const int MostLookups = 8192;
    private const int FewestResults = 16;

    /// <summary>The number of programs to keep. Queries that are built at run time could have any number of them.</summary>
    private const int MostPrograms = 64;

    private readonly RawMap _map;
    private readonly QueryTarget _target;
    private readonly SharedArray _control;
    private readonly Dictionary<Question, LoadedProgram> _programs = [];
    private SharedArray? _results;
    private SharedArray? _keys;
    private SharedArray? _heap;

    public KernelRunner(RawMap map, QueryTarget target)
    {
        _map = map;
        _target = target;
        _control = new SharedArray(map.Host, "query_control", target.ControlSize, 1);
    }

    public override int Stride => _target.Stride;

    public override ref byte First => ref _results!.First;

    private int LargestCapacity => Math.Max(FewestResults, LargestResultsSize / Stride);

    public override void Prepare(Question question)
    {
        ObjectDisposedException.ThrowIf(_map.Handle.IsClosed, _map);
        ProgramFor(question);
    }

    public override Answer Ask(Question question, ReadOnlySpan<ulong> parameters)
    {
        Run(question, parameters, default, limit: 0);
        return new Answer(
            (long)_control.Number(ControlLayout.Count),
            _control.Number(ControlLayout.Low),
            _control.Number(ControlLayout.High)
        );
    }

    public override RankedElement[] Top(Question question, ReadOnlySpan<ulong> parameters, int count)
    {
        count = (int)Math.Min((uint)count, _map.MaxEntries);
        EnsureResults(count);
        if (_heap is null || _heap.Length < count)
        {
            Forget(static program => program.Kind == QuestionKind.Top);
            _heap?.Dispose();
            _heap = null;
            _heap = new SharedArray(_map.Host, "query_heap", QuestionProgram.HeapEntrySize, count);
        }

        Run(question, parameters, default, (uint)count);
        Count = (int)_control.Number(ControlLayout.Count);
        // A heap that is not full begins with free entries.
        ReadOnlySpan<RankedElement> heap = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, RankedElement>(ref _heap.First), count);
        return heap[(count - Count)..].ToArray();
    }

    public override int Lookup<TKey, TValue>(Question question, ReadOnlySpan<TKey> keys, Span<TValue> values, Span<bool> present)
    {
        int capacity = Math.Clamp(LargestLookupSize / _target.LookupStride, 1, MostLookups);
        int found = 0;
        for (int start = 0; start < keys.Length; start += capacity)
        {
            int count = Math.Min(capacity, keys.Length - start);
            EnsureKeys(count, capacity);
            WriteKeys(keys.Slice(start, count));
            Run(question, default, default, (uint)count);
            found += ReadValues(values.Slice(start, count), present.Slice(start, count));
        }
        return found;
    }

    public override void End() => Count = 0;

    public override void Dispose()
    {
        foreach (LoadedProgram program in _programs.Values)
            program.Dispose();
        _programs.Clear();
        _control.Dispose();
        _results?.Dispose();
        _keys?.Dispose();
        _heap?.Dispose();
    }

    private void EnsureKeys(int count, int capacity)
    {
        if (_keys is not null && _keys.Length >= count)
            return;
        Forget(static program => program.Kind == QuestionKind.Lookup);
        _keys?.Dispose();
        _keys = null;
        int length = Math.Min(capacity, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count));
        _keys = new SharedArray(_map.Host, "query_keys", _target.LookupStride, length);
    }

    // The sizes are constants of the compiled code in these loops, whose time is a large part of a lookup's.
    private void WriteKeys<TKey>(ReadOnlySpan<TKey> keys)
        where TKey : unmanaged
    {
        ref byte element = ref _keys!.First;
        nint presentOffset = _target.PresentOffset,
            stride = _target.LookupStride;
        foreach (ref readonly TKey key in keys)
        {
            Unsafe.WriteUnaligned(ref element, key);
            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref element, presentOffset), 0UL);
            element = ref Unsafe.AddByteOffset(ref element, stride);
        }
    }

    private int ReadValues<TValue>(Span<TValue> values, Span<bool> present)
        where TValue : unmanaged
    {
        ref byte element = ref _keys!.First;
        nint presentOffset = _target.PresentOffset,
            valueOffset = _target.LookupValueOffset,
            stride = _target.LookupStride;
        int found = 0;
        for (int index = 0; index < values.Length; index++)
        {
            bool isFound = Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref element, presentOffset)) != 0;
            values[index] = isFound ? Unsafe.ReadUnaligned<TValue>(ref Unsafe.AddByteOffset(ref element, valueOffset)) : default;
            present[index] = isFound;
            found += isFound ? 1 : 0;
            element = ref Unsafe.AddByteOffset(ref element, stride);
        }
        return found;
    }

    private void Run(Question question, ReadOnlySpan<ulong> parameters, HashPartition part, uint limit, uint start = 0)
    {
        ObjectDisposedException.ThrowIf(_map.Handle.IsClosed, _map);
        LoadedProgram program = ProgramFor(question);
        Span<byte> control = _control.Element(0);
        control[..ControlLayout.Parameters].Clear();
        _control.Number(ControlLayout.Selection) = _target.IsArray ? start : part.Mask;
        _control.Number(ControlLayout.SelectedBits) = part.Value;
        _control.Number(ControlLayout.Limit) = limit;
        MemoryMarshal.AsBytes(parameters).CopyTo(control[ControlLayout.Parameters..]);
        program.Run(_map);
    }

    private LoadedProgram ProgramFor(Question question)
    {
        if (_programs.TryGetValue(question, out LoadedProgram? program))
            return program;

        if (_programs.Count >= MostPrograms)
            Forget(static _ => true);
        if (question.HasElements && _results is null)
            EnsureResults(FewestResults);
        // Programs only name the maps that they use; the others stand for them.
        SafeHandle[] maps = new SafeHandle[ProgramMap.Count];
        maps[ProgramMap.Target] = _map.Handle;
        maps[ProgramMap.Control] = _control.Handle;
        maps[ProgramMap.Results] = (
            question.Kind == QuestionKind.Lookup ? _keys ??= NewKeys()
            : question.HasElements ? _results!
            : _control
        ).Handle;
        maps[ProgramMap.Heap] = (question.Kind == QuestionKind.Top ? _heap ??= NewHeap() : _control).Handle;
        program = Load(QuestionProgram.Write(_target, question), maps);
        _programs.Add(question, program);
        return program;
    }

    private LoadedProgram Load(ProgramCode code, SafeHandle[] maps)
    {
        try
        {
            return LoadedProgram.Load(_map.Host, code, maps, $"Loading the program of a query on map {_map}");
        }
        catch (BpfException) when (_map.Handle.IsClosed)
        {
            // Another thread has disposed the map during the load.
            throw new ObjectDisposedException(_map.ToString());
        }
    }

    private SharedArray NewKeys() => new(_map.Host, "query_keys", _target.LookupStride, 1);

    private SharedArray NewHeap() => new(_map.Host, "query_heap", QuestionProgram.HeapEntrySize, 1);

    /// <summary>Ensures space for found elements. Programs that name a smaller array are loaded again when they are needed.</summary>
    private void EnsureResults(long capacity)
    {
        if (_results is not null && _results.Length >= capacity)
            return;
        long usual = Math.Min(FirstResultsSize / Stride, _map.MaxEntries);
        Forget(static question => question.HasElements);
        _results?.Dispose();
        _results = null;
        _results = new SharedArray(_map.Host, "query_results", Stride, (int)Math.Max(Math.Max(capacity, usual), FewestResults));
    }

    private void Forget(Func<Question, bool> which)
    {
        foreach ((Question question, LoadedProgram program) in _programs)
        {
            if (!which(question))
                continue;
            program.Dispose();
            _programs.Remove(question);
        }
    }
}
