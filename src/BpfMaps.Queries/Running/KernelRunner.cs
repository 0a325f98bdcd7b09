using System.Runtime.InteropServices;
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
        ReadOnlySpan<RankedElement> heap = MemoryMarshal.CreateReadOnlySpan(
            ref System.Runtime.CompilerServices.Unsafe.As<byte, RankedElement>(ref _heap.First),
            count
        );
        return heap[(count - Count)..].ToArray();
    }

    public override int Lookup(Question question, ReadOnlySpan<byte> keys, Span<byte> values, Span<bool> present)
    {
        int stride = _target.LookupStride;
        int capacity = Math.Clamp(LargestLookupSize / stride, 1, MostLookups);
        int found = 0;
        for (int start = 0; start < present.Length; start += capacity)
        {
            int count = Math.Min(capacity, present.Length - start);
            if (_keys is null || _keys.Length < count)
            {
                Forget(static program => program.Kind == QuestionKind.Lookup);
                _keys?.Dispose();
                _keys = null;
                _keys = new SharedArray(
                    _map.Host,
                    "query_keys",
                    stride,
                    Math.Min(capacity, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count))
                );
            }

            for (int index = 0; index < count; index++)
            {
                Span<byte> element = _keys.Element(index);
                keys.Slice((start + index) * _target.KeySize, _target.KeySize).CopyTo(element);
                element.Slice(_target.PresentOffset, sizeof(ulong)).Clear();
            }

            Run(question, default, default, (uint)count);
            found += (int)_control.Number(ControlLayout.Count);
            for (int index = 0; index < count; index++)
                ReadLookup(
                    _keys.Element(index),
                    values.Slice((start + index) * _target.ValueSize, _target.ValueSize),
                    out present[start + index]
                );
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

    private void ReadLookup(ReadOnlySpan<byte> element, Span<byte> value, out bool present)
    {
        present = MemoryMarshal.Read<ulong>(element[_target.PresentOffset..]) != 0;
        if (present)
            element.Slice(_target.LookupValueOffset, value.Length).CopyTo(value);
        else
            value.Clear();
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
        program = LoadedProgram.Load(
            _map.Host,
            QuestionProgram.Write(_target, question),
            maps,
            $"Loading the program of a query on map {_map}"
        );
        _programs.Add(question, program);
        return program;
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
