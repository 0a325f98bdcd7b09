using System.Diagnostics;
using BpfMaps.Queries.Assembly;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Programs;

/// <summary>
/// Writes the code of conditions and numbers. R6 is the key, R7 the value, R9 the shared memory. Uses R0 to R5, and the stack if these
/// are not enough.
/// </summary>
internal sealed class ExpressionWriter(CodeWriter code)
{
    public const Register Key = Register.R6;
    public const Register Value = Register.R7;
    public const Register Control = Register.R9;

    /// <summary>The place of intermediate results; the 8 bytes above belong to the question.</summary>
    private const int FirstSpill = -16;

    private int _spill = FirstSpill;

    /// <summary>Writes a jump to a label if the condition has a result; otherwise, the code goes on.</summary>
    public void Branch(Predicate predicate, Label target, bool result)
    {
        switch (predicate)
        {
            case Always always:
                if (always.Value == result)
                    code.Jump(target);
                break;
            case Not not:
                Branch(not.Inner, target, !result);
                break;
            case Both both:
                BranchTwice(both.Left, both.Right, target, result, decides: false);
                break;
            case Either either:
                BranchTwice(either.Left, either.Right, target, result, decides: true);
                break;
            case Comparison comparison:
                Compare(comparison, target, result);
                break;
            case TextMatch match:
                Match(match, target, result);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Writes the code that puts a number into a register, extended to 64 bits.</summary>
    public void Load(Number number, Register target)
    {
        switch (number)
        {
            case FieldNumber field:
                LoadField(field, target);
                break;
            case ConstantNumber constant:
                code.Move(target, (long)constant.Value);
                break;
            case ParameterNumber parameter:
                code.Load(target, Control, ParameterOffset(parameter.Index), sizeof(ulong));
                break;
            case ConvertedNumber converted:
                Load(converted.Inner, target);
                if (!converted.Type.Includes(converted.Inner.Type))
                    Normalize(target, converted.Type);
                break;
            case BinaryNumber binary:
                Calculate(binary, target);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static int ParameterOffset(int index) => ControlLayout.Parameters + (index * sizeof(ulong));

    private static Register Base(Part part) => part == Part.Key ? Key : Value;

    /// <param name="left">The first condition.</param>
    /// <param name="right">The second condition.</param>
    /// <param name="target">The target of the jump.</param>
    /// <param name="result">The result that jumps.</param>
    /// <param name="decides">The result of either condition that is the result of both.</param>
    private void BranchTwice(Predicate left, Predicate right, Label target, bool result, bool decides)
    {
        if (result == decides)
        {
            Branch(left, target, result);
            Branch(right, target, result);
            return;
        }

        Label end = code.NewLabel();
        Branch(left, end, decides);
        Branch(right, target, result);
        code.Mark(end);
    }

    private void Compare(Comparison comparison, Label target, bool result)
    {
        Condition condition = ConditionOf(result ? comparison.Relation : Opposite(comparison.Relation), comparison.IsSigned);
        if (comparison.Right is ConstantNumber { Value: var value } && (long)value == (int)value)
        {
            Load(comparison.Left, Register.R0);
            code.JumpIf(condition, Register.R0, (int)value, target);
            return;
        }

        LoadTwo(comparison.Left, comparison.Right, Register.R0, out Register right);
        code.JumpIf(condition, Register.R0, right, target);
    }

    private static Relation Opposite(Relation relation) =>
        relation switch
        {
            Relation.Equal => Relation.NotEqual,
            Relation.NotEqual => Relation.Equal,
            Relation.Less => Relation.GreaterOrEqual,
            Relation.LessOrEqual => Relation.Greater,
            Relation.Greater => Relation.LessOrEqual,
            _ => Relation.Less,
        };

    private static Condition ConditionOf(Relation relation, bool isSigned) =>
        relation switch
        {
            Relation.Equal => Condition.Equal,
            Relation.NotEqual => Condition.NotEqual,
            Relation.Less => isSigned ? Condition.SignedLess : Condition.Less,
            Relation.LessOrEqual => isSigned ? Condition.SignedLessOrEqual : Condition.LessOrEqual,
            Relation.Greater => isSigned ? Condition.SignedGreater : Condition.Greater,
            _ => isSigned ? Condition.SignedGreaterOrEqual : Condition.GreaterOrEqual,
        };

    private void Match(TextMatch match, Label target, bool result)
    {
        Label differs = result ? code.NewLabel() : target;
        int words = TextPattern.Words(match.Capacity);
        int pattern = ParameterOffset(match.FirstParameter + TextPattern.PatternIndex);
        int mask = pattern + (words * sizeof(ulong));
        code.Load(Register.R0, Control, ParameterOffset(match.FirstParameter + TextPattern.ImpossibleIndex), sizeof(ulong));
        code.JumpIf(Condition.NotEqual, Register.R0, 0, differs);
        for (int at = 0; at < match.Capacity; )
        {
            int width = code.Width(match.Offset + at | at, match.Capacity - at);
            code.LoadAt(Register.R0, Base(match.Part), match.Offset + at, width);
            code.Load(Register.R1, Control, pattern + at, width);
            code.Apply(Operation.Xor, Register.R0, Register.R1);
            code.Load(Register.R1, Control, mask + at, width);
            code.Apply(Operation.And, Register.R0, Register.R1);
            code.JumpIf(Condition.NotEqual, Register.R0, 0, differs);
            at += width;
        }

        if (!result)
            return;
        code.Jump(target);
        code.Mark(differs);
    }

    private void LoadField(FieldNumber field, Register target)
    {
        int size = field.Type.Size;
        code.LoadNumber(target, Base(field.Part), field.Offset, size, scratch: Register.R5);
        if (field.IsBigEndian && size > 1)
            code.ToBigEndian(target, size * 8);
        if (field.Type.IsSigned)
            Normalize(target, field.Type);
    }

    private void Calculate(BinaryNumber binary, Register target)
    {
        LoadTwo(binary.Left, binary.Right, target, out Register right);
        switch (binary.Calculation)
        {
            case Calculation.Divide or Calculation.Remainder:
                Divide(binary, target, right);
                return;
            case Calculation.ShiftLeft or Calculation.ShiftRight:
                code.Apply(Operation.And, right, binary.Type.ShiftMask);
                break;
            default:
                break;
        }

        code.Apply(OperationOf(binary.Calculation, binary.Type.IsSigned), target, right);
        if (binary.Calculation is not (Calculation.And or Calculation.Or or Calculation.Xor or Calculation.ShiftRight))
            Normalize(target, binary.Type);
    }

    /// <summary>Writes a division by a number greater than zero. Old kernels only divide unsigned numbers.</summary>
    private void Divide(BinaryNumber binary, Register target, Register right)
    {
        Operation operation = OperationOf(binary.Calculation, isSigned: false);
        if (!binary.Type.IsSigned)
        {
            code.Apply(operation, target, right);
            return;
        }

        Label positive = code.NewLabel();
        Label end = code.NewLabel();
        code.JumpIf(Condition.SignedGreaterOrEqual, target, 0, positive);
        code.Negate(target);
        code.Apply(operation, target, right);
        code.Negate(target);
        code.Jump(end);
        code.Mark(positive);
        code.Apply(operation, target, right);
        code.Mark(end);
    }

    private static Operation OperationOf(Calculation calculation, bool isSigned) =>
        calculation switch
        {
            Calculation.Add => Operation.Add,
            Calculation.Subtract => Operation.Subtract,
            Calculation.Multiply => Operation.Multiply,
            Calculation.Divide => Operation.Divide,
            Calculation.Remainder => Operation.Remainder,
            Calculation.And => Operation.And,
            Calculation.Or => Operation.Or,
            Calculation.Xor => Operation.Xor,
            Calculation.ShiftLeft => Operation.ShiftLeft,
            _ => isSigned ? Operation.ShiftRightSigned : Operation.ShiftRight,
        };

    /// <summary>Puts two numbers into registers, the left one into a given one.</summary>
    /// <remarks>
    /// The number that needs more places is written first, while no place holds the other. One place more is then enough for an expression
    /// twice as large, so that the stack is enough for every expression.
    /// </remarks>
    private void LoadTwo(Number left, Number right, Register target, out Register second)
    {
        bool isRightFirst = PlacesFor(right) > PlacesFor(left);
        Load(isRightFirst ? right : left, target);
        Number last = isRightFirst ? left : right;
        if (target < Register.R4)
        {
            second = target + 1;
            Load(last, second);
            if (!isRightFirst)
                return;
            code.Move(Register.R5, target);
            code.Move(target, second);
            second = Register.R5;
            return;
        }

        int place = _spill;
        _spill -= sizeof(ulong);
        code.Store(Register.R10, place, target, sizeof(ulong));
        Load(last, target);
        second = Register.R5;
        if (!isRightFirst)
            code.Move(second, target);
        code.Load(isRightFirst ? second : target, Register.R10, place, sizeof(ulong));
        _spill = place;
    }

    /// <summary>Gets the number of registers and places on the stack that a number needs.</summary>
    private static int PlacesFor(Number number)
    {
        switch (number)
        {
            case ConvertedNumber converted:
                return PlacesFor(converted.Inner);
            case BinaryNumber binary:
                (int left, int right) = (PlacesFor(binary.Left), PlacesFor(binary.Right));
                return left == right ? left + 1 : Math.Max(left, right);
            default:
                return 1;
        }
    }

    private void Normalize(Register register, NumberType type)
    {
        int unused = 64 - (8 * type.Size);
        if (unused == 0)
            return;
        if (!type.IsSigned && type.Size == 4)
        {
            code.ZeroExtend32(register);
            return;
        }

        code.Apply(Operation.ShiftLeft, register, unused);
        code.Apply(type.IsSigned ? Operation.ShiftRightSigned : Operation.ShiftRight, register, unused);
    }
}
