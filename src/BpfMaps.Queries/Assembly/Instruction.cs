using System.Runtime.InteropServices;

namespace BpfMaps.Queries.Assembly;

/// <summary>An instruction of 8 bytes (<c>struct bpf_insn</c>).</summary>
[StructLayout(LayoutKind.Sequential, Size = 8)]
internal readonly struct Instruction(byte code, Register destination, Register source, short offset, int immediate)
{
    public const byte ClassMask = 0x07;
    public const byte OperationMask = 0xf0;
    public const byte SizeMask = 0x18;

    // Classes.
    public const byte LoadImmediate = 0x00;
    public const byte Load = 0x01;
    public const byte StoreImmediate = 0x02;
    public const byte Store = 0x03;
    public const byte Arithmetic32 = 0x04;
    public const byte Jump = 0x05;
    public const byte Arithmetic64 = 0x07;

    /// <summary>The second operand is a register.</summary>
    public const byte FromRegister = 0x08;

    /// <summary>Memory at a register and an offset.</summary>
    public const byte Memory = 0x60;

    public const byte Size32 = 0x00;
    public const byte Size16 = 0x08;
    public const byte Size8 = 0x10;
    public const byte Size64 = 0x18;

    public const byte NegateOperation = 0x80;

    /// <summary>Converts between the order of the machine and another; with <see cref="FromRegister"/>, big endian.</summary>
    public const byte EndianOperation = 0xd0;

    public const byte Always = 0x00;
    public const byte CallOperation = 0x80;
    public const byte ExitOperation = 0x90;

    /// <summary>The code of the first of two instructions that load 64 bits.</summary>
    public const byte LoadWide = LoadImmediate | Size64;

    // What loads of 64 bits load, in the place of the source register.
    public const Register FunctionSource = (Register)4;
    public const Register MapSource = (Register)5;
    public const Register MapValueSource = (Register)6;

    /// <summary>Marks calls of functions of the program, in the place of the source register.</summary>
    public const Register FunctionCall = (Register)1;

    // The order of the fields is that of the kernel.
    public byte Code { get; } = code;

    private readonly byte _registers = (byte)(
        BitConverter.IsLittleEndian ? (byte)destination | (byte)source << 4 : (byte)destination << 4 | (byte)source
    );

    public short Offset { get; } = offset;

    public int Immediate { get; } = immediate;

    public Register Destination => (Register)(BitConverter.IsLittleEndian ? _registers & 0xf : _registers >> 4);

    public Register Source => (Register)(BitConverter.IsLittleEndian ? _registers >> 4 : _registers & 0xf);

    public int Class => Code & ClassMask;

    /// <summary>Gets whether the next instruction does not follow: a jump without a condition, or the end of a function.</summary>
    public bool IsEnd => Code is (Always | Jump) or (ExitOperation | Jump);

    /// <summary>The instruction with a target, which is only known later.</summary>
    public Instruction WithTarget(int distance) =>
        Code is LoadWide or (CallOperation | Jump)
            ? new(Code, Destination, Source, Offset, distance)
            : new(Code, Destination, Source, checked((short)distance), Immediate);
}
