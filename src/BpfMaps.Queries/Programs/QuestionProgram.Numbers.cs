using BpfMaps.Queries.Assembly;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Programs;

// Questions about a number of each element.
internal sealed partial class QuestionProgram
{
    /// <summary>The size of an entry of the heap: the number of an element, and its index among the results.</summary>
    public const int HeapEntrySize = 16;

    private const int HeapIndexOffset = 8;

    /// <summary>The greatest number of levels of the heap.</summary>
    public const int HeapLevels = 31;

    private Number Selector => _question.Selector!;

    /// <summary>Adds the number of the element to the sum, or keeps it if it is the smallest or largest.</summary>
    private void Fold()
    {
        _expressions.Load(Selector, Register.R0);
        if (_question.Kind == QuestionKind.Sum)
            AddToSum();
        else
            KeepExtreme();
        CountOne();
    }

    /// <summary>Sums in 128 bits, so that no sum overflows.</summary>
    private void AddToSum()
    {
        Label noCarry = _code.NewLabel();
        _code.Load(Register.R1, Control, ControlLayout.Low, sizeof(ulong));
        _code.Load(Register.R2, Control, ControlLayout.High, sizeof(ulong));
        _code.Apply(Operation.Add, Register.R1, Register.R0);
        _code.JumpIf(Condition.GreaterOrEqual, Register.R1, Register.R0, noCarry);
        _code.Apply(Operation.Add, Register.R2, 1);
        _code.Mark(noCarry);
        if (Selector.Type.IsSigned)
        {
            _code.Apply(Operation.ShiftRightSigned, Register.R0, 63);
            _code.Apply(Operation.Add, Register.R2, Register.R0);
        }
        _code.Store(Control, ControlLayout.Low, Register.R1, sizeof(ulong));
        _code.Store(Control, ControlLayout.High, Register.R2, sizeof(ulong));
    }

    private void KeepExtreme()
    {
        Label store = _code.NewLabel();
        Label end = _code.NewLabel();
        bool isMax = _question.Kind == QuestionKind.Max;
        Condition keep = Selector.Type.IsSigned
            ? (isMax ? Condition.SignedGreaterOrEqual : Condition.SignedLessOrEqual)
            : (isMax ? Condition.GreaterOrEqual : Condition.LessOrEqual);
        _code.Load(Register.R1, Control, ControlLayout.Count, sizeof(ulong));
        _code.JumpIf(Condition.Equal, Register.R1, 0, store);
        _code.Load(Register.R1, Control, ControlLayout.Low, sizeof(ulong));
        _code.JumpIf(keep, Register.R1, Register.R0, end);
        _code.Mark(store);
        _code.Store(Control, ControlLayout.Low, Register.R0, sizeof(ulong));
        _code.Mark(end);
    }

    /// <summary>
    /// Keeps the elements with the largest numbers in a heap, whose first entry has the smallest of them. While there are fewer elements
    /// than entries, the heap is filled from its end, and each new entry sinks in the heap below it.
    /// </summary>
    /// <remarks>
    /// What is known about the new entry is in shared memory and not on the stack: the verifier of Linux 7.2 would follow each way through
    /// the heap to know the numbers on the stack, and run out of memory.
    /// </remarks>
    private void KeepLargest()
    {
        Label full = _code.NewLabel();
        Label place = _code.NewLabel();
        _expressions.Load(Selector, Register.R0);
        if (Selector.Type.IsSigned)
        {
            // The order of signed numbers as that of unsigned ones.
            _code.Move(Register.R1, long.MinValue);
            _code.Apply(Operation.Xor, Register.R0, Register.R1);
        }

        _code.Store(Control, ControlLayout.NewNumber, Register.R0, sizeof(ulong));
        _code.Load(Register.R1, Control, ControlLayout.Count, sizeof(ulong));
        _code.Load(Register.R2, Control, ControlLayout.Limit, sizeof(ulong));
        _code.JumpIf(Condition.GreaterOrEqual, Register.R1, Register.R2, full);
        _code.Store(Control, ControlLayout.NewSlot, Register.R1, sizeof(ulong));
        _code.Apply(Operation.Subtract, Register.R2, 1);
        _code.Apply(Operation.Subtract, Register.R2, Register.R1);
        _code.Store(Control, ControlLayout.NewPosition, Register.R2, sizeof(ulong));
        CountOne();
        _code.Jump(place);

        _code.Mark(full);
        _code.Store(Control, ControlLayout.NewPosition, 0, sizeof(ulong));
        LookUpShared(ProgramMap.Heap, ControlLayout.NewPosition, _next);
        _code.Load(Register.R1, Register.R0, 0, sizeof(ulong));
        _code.Load(Register.R2, Control, ControlLayout.NewNumber, sizeof(ulong));
        _code.JumpIf(Condition.LessOrEqual, Register.R2, Register.R1, _next);
        _code.Load(Register.R1, Register.R0, HeapIndexOffset, sizeof(ulong));
        _code.Store(Control, ControlLayout.NewSlot, Register.R1, sizeof(ulong));

        _code.Mark(place);
        LookUpShared(ProgramMap.Results, ControlLayout.NewSlot, _next);
        CopyElement();
        Label done = _code.NewLabel();
        // Not a loop: the verifier follows loops only in the hands of a process that also has CAP_PERFMON.
        for (int level = 0; level < HeapLevels; level++)
        {
            _code.Call(_sink);
            _code.JumpIf(Condition.NotEqual, Register.R0, Continue, done);
        }

        _code.Mark(done);
        LookUpShared(ProgramMap.Heap, ControlLayout.NewPosition, _next);
        _code.Load(Register.R1, Control, ControlLayout.NewNumber, sizeof(ulong));
        _code.Store(Register.R0, 0, Register.R1, sizeof(ulong));
        _code.Load(Register.R1, Control, ControlLayout.NewSlot, sizeof(ulong));
        _code.Store(Register.R0, HeapIndexOffset, Register.R1, sizeof(ulong));
    }

    /// <summary>
    /// Writes the function that moves the smaller entry below the position up, and the position down. It stops at an entry that is not
    /// smaller than the new one.
    /// </summary>
    private void WriteSink()
    {
        const Register Child = Register.R7;
        Label left = _code.NewLabel();
        Label chosen = _code.NewLabel();
        Label stop = _code.NewLabel();
        _code.BeginFunction(_sink, "sink");
        _code.LoadMapValue(Control, ProgramMap.Control);
        LookUpChild(1, stop);
        _code.Move(Child, Register.R0);
        LookUpChild(2, left);
        _code.Load(Register.R1, Register.R0, 0, sizeof(ulong));
        _code.Load(Register.R2, Child, 0, sizeof(ulong));
        _code.JumpIf(Condition.GreaterOrEqual, Register.R1, Register.R2, left);
        _code.Move(Child, Register.R0);
        _code.Jump(chosen);
        _code.Mark(left);
        PutChild(1);
        _code.Mark(chosen);

        _code.Load(Register.R1, Child, 0, sizeof(ulong));
        _code.Load(Register.R2, Control, ControlLayout.NewNumber, sizeof(ulong));
        _code.JumpIf(Condition.GreaterOrEqual, Register.R1, Register.R2, stop);
        LookUpShared(ProgramMap.Heap, ControlLayout.NewPosition, stop);
        _code.Copy(Child, 0, Register.R0, 0, HeapEntrySize);
        _code.Load(Register.R1, Control, ControlLayout.NewChild, sizeof(ulong));
        _code.Store(Control, ControlLayout.NewPosition, Register.R1, sizeof(ulong));
        _code.Return(Continue);
        _code.Mark(stop);
        _code.Return(Stop);
    }

    /// <summary>Looks up the first or second child of the position; jumps if it is outside of the heap.</summary>
    private void LookUpChild(int number, Label outside)
    {
        PutChild(number);
        _code.Load(Register.R2, Control, ControlLayout.Limit, sizeof(ulong));
        _code.JumpIf(Condition.GreaterOrEqual, Register.R1, Register.R2, outside);
        LookUpShared(ProgramMap.Heap, ControlLayout.NewChild, outside);
    }

    private void PutChild(int number)
    {
        _code.Load(Register.R1, Control, ControlLayout.NewPosition, sizeof(ulong));
        _code.Apply(Operation.ShiftLeft, Register.R1, 1);
        _code.Apply(Operation.Add, Register.R1, number);
        _code.Store(Control, ControlLayout.NewChild, Register.R1, sizeof(ulong));
    }

    /// <summary>Looks up an index in shared memory in an array of the query; jumps if it is outside.</summary>
    private void LookUpShared(int map, int offset, Label outside)
    {
        _code.LoadMap(Register.R1, map);
        _code.Move(Register.R2, Control);
        _code.Apply(Operation.Add, Register.R2, offset + s_indexInNumber);
        _code.Call(Helper.LookupElement);
        _code.JumpIf(Condition.Equal, Register.R0, 0, outside);
    }
}
