using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Queries.Assembly;

/// <summary>The code of a program, which is complete except for the descriptors of its maps.</summary>
internal sealed class ProgramCode
{
    private readonly Instruction[] _instructions;

    public ProgramCode(Instruction[] instructions, CodeFunction[] functions)
    {
        _instructions = instructions;
        Functions = functions;
        uint[] types = new uint[functions.Length];
        Btf = BtfWriter.WriteFunctions(
            [.. functions.Select(static function => new BtfFunction(function.Name, function.Parameters))],
            types
        );
        FunctionInfo = new uint[2 * functions.Length];
        for (int index = 0; index < functions.Length; index++)
            (FunctionInfo[2 * index], FunctionInfo[(2 * index) + 1]) = ((uint)functions[index].Start, types[index]);
    }

    public ReadOnlySpan<Instruction> Instructions => _instructions;

    /// <summary>The instructions as the kernel takes them.</summary>
    public ReadOnlySpan<ulong> Words => MemoryMarshal.Cast<Instruction, ulong>(_instructions);

    /// <summary>The functions in the order of the code. The first one is the program.</summary>
    public IReadOnlyList<CodeFunction> Functions { get; }

    /// <summary>The types of the functions as BTF, which the kernel requires for callbacks.</summary>
    public byte[] Btf { get; }

    /// <summary>Pairs of the first instruction and the type of a function.</summary>
    public uint[] FunctionInfo { get; }

    /// <summary>Returns the code as text, one instruction a line.</summary>
    public override string ToString() => Disassembly.Write(this);
}
