namespace BpfMaps.Queries.Assembly;

/// <summary>The operations of BPF with two operands, as in the code of the instruction.</summary>
internal enum Operation : byte
{
    Add = 0x00,
    Subtract = 0x10,
    Multiply = 0x20,

    /// <summary>Unsigned. Division by zero gives zero.</summary>
    Divide = 0x30,
    Or = 0x40,
    And = 0x50,
    ShiftLeft = 0x60,
    ShiftRight = 0x70,

    /// <summary>Unsigned. The remainder of a division by zero is the dividend.</summary>
    Remainder = 0x90,
    Xor = 0xa0,
    Move = 0xb0,
    ShiftRightSigned = 0xc0,
}
