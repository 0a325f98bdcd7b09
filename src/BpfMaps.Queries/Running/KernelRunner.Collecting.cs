using System.Runtime.InteropServices;
using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Running;

// Found elements, in one or several runs.
internal sealed partial class KernelRunner
{
    private Question? _question;
    private ulong[] _parameters = [];
    private HashPartition _part;
    private uint _start;
    private bool _isDone;

    public override void Begin(Question question, ulong[] parameters)
    {
        _question = question;
        _parameters = parameters;
        _part = default;
        _start = 0;
        _isDone = false;
        Count = 0;
    }

    public override bool MoveNext()
    {
        Count = 0;
        while (Count == 0 && !_isDone)
        {
            Run(_question!, _parameters, _part, limit: 0, _start);
            long found = (long)_control.Number(ControlLayout.Count);
            int capacity = _results!.Length;
            if (_question!.Kind == QuestionKind.First)
                Finish((int)found);
            else if (found <= capacity)
                Advance((int)found);
            else if (capacity < LargestCapacity || (!_target.IsArray && !_part.CanDivide))
                EnsureResults(CapacityFor(found));
            else if (_target.IsArray)
                AdvanceInArray(capacity);
            else
                _part.Divide(found, capacity);
        }
        return Count != 0;
    }

    /// <summary>Gets a capacity with space for elements that are added before the next run.</summary>
    private long CapacityFor(long found)
    {
        long wanted = found + (found / 8) + FewestResults;
        return _target.IsArray || _part.CanDivide ? Math.Min(wanted, LargestCapacity) : wanted;
    }

    private void Finish(int found)
    {
        Count = found;
        _isDone = true;
    }

    private void Advance(int found)
    {
        Count = found;
        _isDone = _target.IsArray || !_part.MoveNext();
    }

    /// <summary>The elements of an array are found in the order of their indices, so the next run starts after the last one.</summary>
    private void AdvanceInArray(int capacity)
    {
        Count = capacity;
        _start = MemoryMarshal.Read<uint>(_results!.Element(capacity - 1)) + 1;
    }
}
