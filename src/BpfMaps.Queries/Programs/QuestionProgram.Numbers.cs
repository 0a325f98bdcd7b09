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

    // What is known about the new entry of the heap, on the stack below the places of expressions. All are numbers of 8 bytes: without
    // CAP_PERFMON, the verifier of Linux 6.1 rejects that a part of a stored register is overwritten.
    private const int EntryPlace = -352;
    private const int ChildOffset = 0;
    private const int PositionOffset = 8;
    private const int SlotOffset = 16;
    private const int NumberOffset = 24;
    private const int NumberPlace = EntryPlace + NumberOffset;
    private const int SlotPlace = EntryPlace + SlotOffset;
    private const int PositionPlace = EntryPlace + PositionOffset;

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

        _code.Store(Register.R10, NumberPlace, Register.R0, sizeof(ulong));
        _code.Load(Register.R1, Control, ControlLayout.Count, sizeof(ulong));
        _code.Load(Register.R2, Control, ControlLayout.Limit, sizeof(ulong));
        _code.JumpIf(Condition.GreaterOrEqual, Register.R1, Register.R2, full);
        _code.Store(Register.R10, SlotPlace, Register.R1, sizeof(ulong));
        _code.Apply(Operation.Subtract, Register.R2, 1);
        _code.Apply(Operation.Subtract, Register.R2, Register.R1);
        _code.Store(Register.R10, PositionPlace, Register.R2, sizeof(ulong));
        CountOne();
        _code.Jump(place);

        _code.Mark(full);
        _code.Store(Register.R10, PositionPlace, 0, sizeof(ulong));
        LookUp(ProgramMap.Heap, PositionPlace);
        _code.Load(Register.R1, Register.R0, 0, sizeof(ulong));
        _code.Load(Register.R2, Register.R10, NumberPlace, sizeof(ulong));
        _code.JumpIf(Condition.LessOrEqual, Register.R2, Register.R1, _next);
        _code.Load(Register.R1, Register.R0, HeapIndexOffset, sizeof(ulong));
        _code.Store(Register.R10, SlotPlace, Register.R1, sizeof(ulong));

        _code.Mark(place);
        LookUp(ProgramMap.Results, SlotPlace);
        CopyElement();
        Label done = _code.NewLabel();
        // Not a loop: the verifier follows loops only in the hands of a process that also has CAP_PERFMON.
        for (int level = 0; level < HeapLevels; level++)
        {
            _code.Move(Register.R1, Register.R10);
            _code.Apply(Operation.Add, Register.R1, EntryPlace);
            _code.Call(_sink);
            _code.JumpIf(Condition.NotEqual, Register.R0, Continue, done);
        }

        _code.Mark(done);
        LookUp(ProgramMap.Heap, PositionPlace);
        _code.Load(Register.R1, Register.R10, NumberPlace, sizeof(ulong));
        _code.Store(Register.R0, 0, Register.R1, sizeof(ulong));
        _code.Load(Register.R1, Register.R10, SlotPlace, sizeof(ulong));
        _code.Store(Register.R0, HeapIndexOffset, Register.R1, sizeof(ulong));
    }

    /// <summary>
    /// Writes the function that moves the smaller entry below the position up, and the position down. It stops at an entry that is not
    /// smaller than the new one. R6 is what is known about the new entry.
    /// </summary>
    private void WriteSink()
    {
        const Register Entry = Register.R6;
        const Register Child = Register.R7;
        Label left = _code.NewLabel();
        Label chosen = _code.NewLabel();
        Label stop = _code.NewLabel();
        _code.BeginFunction(_sink, "sink", "entry");
        _code.Move(Entry, Register.R1);
        _code.LoadMapValue(Control, ProgramMap.Control);
        LookUpChild(Entry, 1, stop);
        _code.Move(Child, Register.R0);
        LookUpChild(Entry, 2, left);
        _code.Load(Register.R1, Register.R0, 0, sizeof(ulong));
        _code.Load(Register.R2, Child, 0, sizeof(ulong));
        _code.JumpIf(Condition.GreaterOrEqual, Register.R1, Register.R2, left);
        _code.Move(Child, Register.R0);
        _code.Jump(chosen);
        _code.Mark(left);
        PutChild(Entry, 1);
        _code.Mark(chosen);

        _code.Load(Register.R1, Child, 0, sizeof(ulong));
        _code.Load(Register.R2, Entry, NumberOffset, sizeof(ulong));
        _code.JumpIf(Condition.GreaterOrEqual, Register.R1, Register.R2, stop);
        LookUpInHeap(Entry, PositionOffset, stop);
        _code.Copy(Child, 0, Register.R0, 0, HeapEntrySize);
        _code.Load(Register.R1, Entry, ChildOffset, sizeof(ulong));
        _code.Store(Entry, PositionOffset, Register.R1, sizeof(ulong));
        _code.Return(Continue);
        _code.Mark(stop);
        _code.Return(Stop);
    }

    /// <summary>Looks up the first or second child of the position; jumps if it is outside of the heap.</summary>
    private void LookUpChild(Register entry, int number, Label outside)
    {
        PutChild(entry, number);
        _code.Load(Register.R2, Control, ControlLayout.Limit, sizeof(ulong));
        _code.JumpIf(Condition.GreaterOrEqual, Register.R1, Register.R2, outside);
        LookUpInHeap(entry, ChildOffset, outside);
    }

    private void PutChild(Register entry, int number)
    {
        _code.Load(Register.R1, entry, PositionOffset, sizeof(ulong));
        _code.Apply(Operation.ShiftLeft, Register.R1, 1);
        _code.Apply(Operation.Add, Register.R1, number);
        _code.Store(entry, ChildOffset, Register.R1, sizeof(ulong));
    }

    private void LookUpInHeap(Register entry, int offset, Label outside)
    {
        _code.LoadMap(Register.R1, ProgramMap.Heap);
        _code.Move(Register.R2, entry);
        _code.Apply(Operation.Add, Register.R2, offset + s_indexInNumber);
        _code.Call(Helper.LookupElement);
        _code.JumpIf(Condition.Equal, Register.R0, 0, outside);
    }
}
