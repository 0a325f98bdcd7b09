using System.Globalization;
using System.Text;

namespace BpfMaps.Queries.Assembly;

/// <summary>Writes code as text, in the notation of the verifier and of bpftool.</summary>
internal static class Disassembly
{
    /// <summary>Returns the code, one instruction a line; functions and the targets of jumps have names.</summary>
    public static string Write(ProgramCode code)
    {
        ReadOnlySpan<Instruction> instructions = code.Instructions;
        SortedSet<int> targets = FindTargets(instructions);
        StringBuilder text = new();
        for (int index = 0; index < instructions.Length; index++)
        {
            if (code.Functions.FirstOrDefault(function => function.Start == index) is { } begun)
                text.Append(CultureInfo.InvariantCulture, $"{begun.Name}({string.Join(", ", begun.Parameters)}):\n");
            if (targets.Contains(index))
                text.Append(CultureInfo.InvariantCulture, $"L{index}:\n");
            text.Append(CultureInfo.InvariantCulture, $"{index, 5}: {Write(instructions, ref index, code)}\n");
        }
        return text.ToString();
    }

    private static SortedSet<int> FindTargets(ReadOnlySpan<Instruction> instructions)
    {
        SortedSet<int> targets = [];
        for (int index = 0; index < instructions.Length; index++)
        {
            if (IsJump(instructions[index]))
                targets.Add(Target(instructions[index], index));
            if (instructions[index].Code == Instruction.LoadWide)
                index++;
        }
        return targets;
    }

    private static bool IsJump(Instruction instruction) =>
        instruction.Class == Instruction.Jump
        && (instruction.Code & Instruction.OperationMask) is not (Instruction.CallOperation or Instruction.ExitOperation);

    private static int Target(Instruction instruction, int index) => index + instruction.Offset + 1;

    private static string Write(ReadOnlySpan<Instruction> instructions, ref int index, ProgramCode code)
    {
        Instruction instruction = instructions[index];
        string destination = Name(instruction.Destination);
        return instruction.Class switch
        {
            Instruction.LoadImmediate => $"{destination} = {Wide(instruction, instructions[++index], index, code)}",
            Instruction.Load => $"{destination} = {Memory(instruction, instruction.Source)}",
            Instruction.Store => $"{Memory(instruction, instruction.Destination)} = {Name(instruction.Source)}",
            Instruction.StoreImmediate => $"{Memory(instruction, instruction.Destination)} = {instruction.Immediate}",
            Instruction.Jump => WriteJump(instruction, index, code),
            _ => Arithmetic(instruction),
        };
    }

    private static string Wide(Instruction first, Instruction second, int secondIndex, ProgramCode code) =>
        first.Source switch
        {
            Instruction.MapSource => $"map[{first.Immediate}]",
            Instruction.MapValueSource => $"map[{first.Immediate}][0]",
            Instruction.FunctionSource => code.Functions.First(function => function.Start == secondIndex + first.Immediate).Name,
            _ => string.Create(CultureInfo.InvariantCulture, $"0x{(uint)second.Immediate:x8}{(uint)first.Immediate:x8}"),
        };

    private static string WriteJump(Instruction instruction, int index, ProgramCode code)
    {
        int operation = instruction.Code & Instruction.OperationMask;
        if (operation == Instruction.CallOperation && instruction.Source == Instruction.FunctionCall)
            return $"call {code.Functions.First(function => function.Start == index + instruction.Immediate + 1).Name}";
        if (operation == Instruction.CallOperation)
            return $"call {(Helper)instruction.Immediate}";
        if (operation == Instruction.ExitOperation)
            return "exit";
        if (operation == Instruction.Always)
            return $"goto L{Target(instruction, index)}";
        return $"if {Name(instruction.Destination)} {Sign((Condition)operation)} {Operand(instruction)} goto L{Target(instruction, index)}";
    }

    private static string Arithmetic(Instruction instruction)
    {
        string destination = Name(instruction.Destination);
        byte operation = (byte)(instruction.Code & Instruction.OperationMask);
        if (operation == Instruction.NegateOperation)
            return $"{destination} = -{destination}";
        if (operation == Instruction.EndianOperation)
            return $"{destination} = be{instruction.Immediate} {destination}";
        bool isNarrow = instruction.Class == Instruction.Arithmetic32;
        string left = isNarrow ? $"w{(int)instruction.Destination}" : destination;
        string right = isNarrow ? $"w{(int)instruction.Source}" : Operand(instruction);
        return $"{left} {Sign((Operation)operation)} {right}";
    }

    private static string Operand(Instruction instruction) =>
        (instruction.Code & Instruction.FromRegister) != 0
            ? Name(instruction.Source)
            : instruction.Immediate.ToString(CultureInfo.InvariantCulture);

    private static string Memory(Instruction instruction, Register address)
    {
        string size = (instruction.Code & Instruction.SizeMask) switch
        {
            Instruction.Size8 => "u8",
            Instruction.Size16 => "u16",
            Instruction.Size32 => "u32",
            _ => "u64",
        };
        string sign = instruction.Offset < 0 ? "-" : "+";
        return $"*({size} *)({Name(address)} {sign}{Math.Abs((int)instruction.Offset)})";
    }

    private static string Name(Register register) => $"r{(int)register}";

    private static string Sign(Operation operation) =>
        operation switch
        {
            Operation.Add => "+=",
            Operation.Subtract => "-=",
            Operation.Multiply => "*=",
            Operation.Divide => "/=",
            Operation.Or => "|=",
            Operation.And => "&=",
            Operation.ShiftLeft => "<<=",
            Operation.ShiftRight => ">>=",
            Operation.ShiftRightSigned => "s>>=",
            Operation.Remainder => "%=",
            Operation.Xor => "^=",
            _ => "=",
        };

    private static string Sign(Condition condition) =>
        condition switch
        {
            Condition.Equal => "==",
            Condition.NotEqual => "!=",
            Condition.Greater => ">",
            Condition.GreaterOrEqual => ">=",
            Condition.Less => "<",
            Condition.LessOrEqual => "<=",
            Condition.SignedGreater => "s>",
            Condition.SignedGreaterOrEqual => "s>=",
            Condition.SignedLess => "s<",
            _ => "s<=",
        };
}
