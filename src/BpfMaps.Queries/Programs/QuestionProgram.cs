using BpfMaps.Queries.Assembly;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Programs;

/// <summary>Writes the program for a question: a loop in the kernel over all elements, with the condition in its callback.</summary>
internal sealed partial class QuestionProgram
{
    private const Register Key = ExpressionWriter.Key;
    private const Register Value = ExpressionWriter.Value;
    private const Register Control = ExpressionWriter.Control;

    /// <summary>The place of an index on the stack.</summary>
    private const int IndexPlace = -8;

    /// <summary>The place of the address of the current CPU's value on the stack.</summary>
    private const int OwnValuePlace = -16;

    /// <summary>The offset of an index of 4 bytes in a number of 8 bytes.</summary>
    private static readonly int s_indexInNumber = BitConverter.IsLittleEndian ? 0 : sizeof(uint);

    private const int Continue = 0;
    private const int Stop = 1;

    private readonly CodeWriter _code;
    private readonly ExpressionWriter _expressions;
    private readonly QueryTarget _target;
    private readonly Question _question;
    private readonly Label _next;
    private readonly Label _addCpu;
    private readonly Label _sink;

    private QuestionProgram(QueryTarget target, Question question)
    {
        _target = target;
        _question = question;
        _code = new CodeWriter { IsAligned = target.IsAligned };
        _expressions = new ExpressionWriter(_code);
        _next = _code.NewLabel();
        _addCpu = _code.NewLabel();
        _sink = _code.NewLabel();
    }

    /// <summary>
    /// Gets whether the loop is over the elements of a per-CPU map: then it has the value of the CPU that runs it, the same during a run.
    /// </summary>
    private bool HasOwnValues => _target.IsPerCpu && _question.Kind != QuestionKind.Lookup;

    /// <summary>Writes a program.</summary>
    public static ProgramCode Write(QueryTarget target, Question question)
    {
        QuestionProgram program = new(target, question);
        if (question.Kind == QuestionKind.Lookup)
            program.WriteLoop(ProgramMap.Results, program.WriteLookup);
        else
            program.WriteLoop(ProgramMap.Target, program.WriteElement);
        return program._code.Build();
    }

    /// <summary>Writes the program, which calls a function for each element of a map.</summary>
    private void WriteLoop(int map, Action body)
    {
        Label element = _code.NewLabel();
        _code.BeginFunction(_code.NewLabel(), "query", "context");
        if (HasOwnValues)
        {
            _code.Call(Helper.GetCpu);
            _code.LoadMapValue(Register.R1, ProgramMap.Control);
            _code.Store(Register.R1, ControlLayout.CurrentCpu, Register.R0, sizeof(ulong));
        }
        _code.LoadMap(Register.R1, map);
        _code.LoadFunction(Register.R2, element);
        _code.Move(Register.R3, 0L);
        _code.Move(Register.R4, 0L);
        _code.Call(Helper.ForEachElement);
        _code.Return(0);

        _code.BeginFunction(element, "element", "map", "key", "value", "context");
        _code.Move(Key, Register.R2);
        _code.Move(Value, Register.R3);
        _code.LoadMapValue(Control, ProgramMap.Control);
        body();
        _code.Mark(_next);
        _code.Return(Continue);

        if (_target.Cpus.Length > 1)
            WriteAddCpu();
        if (_question.Kind == QuestionKind.Top)
            WriteSink();
    }

    private void WriteElement()
    {
        if (_target.IsArray && _question.Kind == QuestionKind.Collect)
            SkipBeforeStart();
        if (_target.IsPerCpu)
        {
            _code.Store(Register.R10, OwnValuePlace, Value, sizeof(ulong));
            _code.Move(Value, Control);
            _code.Apply(Operation.Add, Value, ControlLayout.Scratch);
            WriteTotal(Key, Value, 0);
        }

        _expressions.Branch(_question.Condition, _next, result: false);
        switch (_question.Kind)
        {
            case QuestionKind.Count:
                CountOne();
                break;
            case QuestionKind.Any:
                CountOne();
                _code.Return(Stop);
                break;
            case QuestionKind.Remove:
                _code.LoadMap(Register.R1, ProgramMap.Target);
                _code.Move(Register.R2, Key);
                _code.Call(Helper.DeleteElement);
                _code.JumpIf(Condition.NotEqual, Register.R0, 0, _next);
                CountOne();
                break;
            case QuestionKind.First:
                Collect();
                _code.Return(Stop);
                break;
            case QuestionKind.Collect:
                if (!_target.IsArray)
                    SkipOtherHashes();
                Collect();
                break;
            case QuestionKind.Top:
                KeepLargest();
                break;
            default:
                Fold();
                break;
        }
    }

    /// <summary>Writes the loop over keys: R6 is the index, R7 the key with its flag and value.</summary>
    private void WriteLookup()
    {
        Label inside = _code.NewLabel();
        _code.Load(Register.R0, Key, 0, sizeof(uint));
        _code.Load(Register.R1, Control, ControlLayout.Limit, sizeof(ulong));
        _code.JumpIf(Condition.Less, Register.R0, Register.R1, inside);
        _code.Return(Stop);
        _code.Mark(inside);
        if (_target.IsPerCpu)
        {
            WriteTotal(Value, Value, _target.LookupValueOffset);
        }
        else
        {
            _code.LoadMap(Register.R1, ProgramMap.Target);
            _code.Move(Register.R2, Value);
            _code.Call(Helper.LookupElement);
            _code.JumpIf(Condition.Equal, Register.R0, 0, _next);
            _code.Copy(Register.R0, 0, Value, _target.LookupValueOffset, _target.ValueSize);
        }

        _code.Store(Value, _target.PresentOffset, 1, sizeof(ulong));
    }

    private void SkipBeforeStart()
    {
        _code.Load(Register.R0, Key, 0, sizeof(uint));
        _code.Load(Register.R1, Control, ControlLayout.Selection, sizeof(ulong));
        _code.JumpIf(Condition.Less, Register.R0, Register.R1, _next);
    }

    /// <summary>
    /// Skips elements whose keys have another hash than the selected ones. Results that do not fit are collected in several runs, which
    /// share the elements by these hashes: an element that exists during all runs is in exactly one of them.
    /// </summary>
    private void SkipOtherHashes()
    {
        // 2^64 divided by the golden ratio: it spreads differences to the upper bits, which are folded back at the end.
        const long Multiplier = unchecked((long)0x9e3779b97f4a7c15);
        Label selected = _code.NewLabel();
        _code.Load(Register.R3, Control, ControlLayout.Selection, sizeof(ulong));
        _code.JumpIf(Condition.Equal, Register.R3, 0, selected);
        _code.Move(Register.R0, 0L);
        _code.Move(Register.R2, Multiplier);
        for (int at = 0; at < _target.KeySize; )
        {
            int width = _code.Width(at, _target.KeySize - at);
            _code.Load(Register.R1, Key, at, width);
            _code.Apply(Operation.Xor, Register.R0, Register.R1);
            _code.Apply(Operation.Multiply, Register.R0, Register.R2);
            _code.Move(Register.R1, Register.R0);
            _code.Apply(Operation.ShiftRight, Register.R1, 32);
            _code.Apply(Operation.Xor, Register.R0, Register.R1);
            at += width;
        }
        _code.Apply(Operation.And, Register.R0, Register.R3);
        _code.Load(Register.R1, Control, ControlLayout.SelectedBits, sizeof(ulong));
        _code.JumpIf(Condition.NotEqual, Register.R0, Register.R1, _next);
        _code.Mark(selected);
    }

    private void CountOne()
    {
        _code.Load(Register.R1, Control, ControlLayout.Count, sizeof(ulong));
        _code.Apply(Operation.Add, Register.R1, 1);
        _code.Store(Control, ControlLayout.Count, Register.R1, sizeof(ulong));
    }

    /// <summary>Counts the element, and copies it into the results if there is space.</summary>
    private void Collect()
    {
        _code.Load(Register.R1, Control, ControlLayout.Count, sizeof(ulong));
        _code.Store(Register.R10, IndexPlace, Register.R1, sizeof(ulong));
        _code.Apply(Operation.Add, Register.R1, 1);
        _code.Store(Control, ControlLayout.Count, Register.R1, sizeof(ulong));
        LookUp(ProgramMap.Results, IndexPlace);
        CopyElement();
    }

    /// <summary>Looks up an index on the stack in an array of the query; goes on with the next element if it is outside.</summary>
    private void LookUp(int map, int place)
    {
        _code.LoadMap(Register.R1, map);
        _code.Move(Register.R2, Register.R10);
        _code.Apply(Operation.Add, Register.R2, place + s_indexInNumber);
        _code.Call(Helper.LookupElement);
        _code.JumpIf(Condition.Equal, Register.R0, 0, _next);
    }

    private void CopyElement()
    {
        _code.Copy(Key, 0, Register.R0, 0, _target.KeySize);
        _code.Copy(Value, 0, Register.R0, _target.ValueOffset, _target.ValueSize);
    }
}
