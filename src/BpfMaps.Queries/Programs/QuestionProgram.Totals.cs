using System.Diagnostics;
using BpfMaps.Metadata;
using BpfMaps.Queries.Assembly;

namespace BpfMaps.Queries.Programs;

// The total of the values that the CPUs have of an element.
internal sealed partial class QuestionProgram
{
    /// <summary>Writes the total of an element; goes on with the next element if the map no longer has the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="to">Where the total is written.</param>
    /// <param name="offset">The offset from there.</param>
    private void WriteTotal(Register key, Register to, int offset)
    {
        LoadOwnValue();
        _code.Move(Register.R3, _target.Cpus[0]);
        LookUpCpu(key, _next);
        _code.Copy(Register.R0, 0, to, offset, _target.ValueSize);
        // Not a loop: the verifier follows loops only in the hands of a process that also has CAP_PERFMON.
        foreach (int cpu in _target.Cpus.AsSpan(1))
        {
            _code.Move(Register.R1, key);
            _code.Move(Register.R2, to);
            if (offset != 0)
                _code.Apply(Operation.Add, Register.R2, offset);
            LoadOwnValue();
            _code.Move(Register.R3, cpu);
            _code.Call(_addCpu);
            _code.JumpIf(Condition.NotEqual, Register.R0, Continue, _next);
        }
    }

    /// <summary>Writes the function that adds the value of a CPU to the total.</summary>
    private void WriteAddCpu()
    {
        Label missing = _code.NewLabel();
        _code.BeginFunction(_addCpu, "add_cpu", HasOwnValues ? ["key", "total", "cpu", "own", "own_cpu"] : ["key", "total", "cpu"]);
        _code.Move(Value, Register.R2);
        LookUpCpu(Register.R1, missing);
        foreach (BpfTotalField field in _target.Totals)
        {
            for (int index = 0; index < field.Count; index++)
                Accumulate(field, field.Offset + (index * field.Number.Size));
        }
        _code.Return(Continue);
        _code.Mark(missing);
        _code.Return(Stop);
    }

    /// <summary>Loads the address of the current CPU's value into R4, and the number of this CPU into R5, if the loop has them.</summary>
    private void LoadOwnValue()
    {
        if (!HasOwnValues)
            return;
        _code.Load(Register.R4, Register.R10, OwnValuePlace, sizeof(ulong));
        _code.Load(Register.R5, Control, ControlLayout.CurrentCpu, sizeof(ulong));
    }

    /// <summary>Looks up the value of the CPU in R3, unless it is the current CPU: its value is in R4.</summary>
    private void LookUpCpu(Register key, Label missing)
    {
        Label found = _code.NewLabel();
        if (HasOwnValues)
        {
            _code.Move(Register.R0, Register.R4);
            _code.JumpIf(Condition.Equal, Register.R3, Register.R5, found);
        }
        _code.Move(Register.R2, key);
        _code.LoadMap(Register.R1, ProgramMap.Target);
        _code.Call(Helper.LookupElementOfCpu);
        _code.JumpIf(Condition.Equal, Register.R0, 0, missing);
        _code.Mark(found);
    }

    /// <summary>Adds the number of the value in R0 to the total in R7.</summary>
    private void Accumulate(BpfTotalField field, int offset)
    {
        if (field.Aggregation == Aggregation.First)
            return;
        int size = field.Number.Size;
        bool isSigned = field.Number.Kind is BpfTypeKind.Signed or BpfTypeKind.SignedEnum;
        _code.LoadAt(Register.R1, Register.R0, offset, size);
        _code.LoadAt(Register.R2, Value, offset, size);
        switch (field.Aggregation)
        {
            case Aggregation.Sum:
                _code.Apply(Operation.Add, Register.R2, Register.R1);
                break;
            case Aggregation.BitOr:
                _code.Apply(Operation.Or, Register.R2, Register.R1);
                break;
            case Aggregation.Max or Aggregation.Min:
                ExtendSign(Register.R1, size, isSigned);
                ExtendSign(Register.R2, size, isSigned);
                Label keep = _code.NewLabel();
                _code.JumpIf(KeepCondition(field.Aggregation, isSigned), Register.R2, Register.R1, keep);
                _code.Move(Register.R2, Register.R1);
                _code.Mark(keep);
                break;
            default:
                throw new UnreachableException();
        }
        StoreAt(Value, offset, Register.R2, size);
    }

    private static Condition KeepCondition(Aggregation aggregation, bool isSigned) =>
        (aggregation, isSigned) switch
        {
            (Aggregation.Max, false) => Condition.GreaterOrEqual,
            (Aggregation.Max, true) => Condition.SignedGreaterOrEqual,
            (_, false) => Condition.LessOrEqual,
            (_, true) => Condition.SignedLessOrEqual,
        };

    private void ExtendSign(Register register, int size, bool isSigned)
    {
        if (!isSigned || size == sizeof(ulong))
            return;
        _code.Apply(Operation.ShiftLeft, register, 64 - (8 * size));
        _code.Apply(Operation.ShiftRightSigned, register, 64 - (8 * size));
    }

    /// <summary>Stores R2. Uses R3 if the offset is large.</summary>
    private void StoreAt(Register address, int offset, Register source, int size)
    {
        if (offset > short.MaxValue - sizeof(ulong))
        {
            _code.Move(Register.R3, address);
            _code.Apply(Operation.Add, Register.R3, offset);
            (address, offset) = (Register.R3, 0);
        }
        _code.Store(address, offset, source, size);
    }
}
