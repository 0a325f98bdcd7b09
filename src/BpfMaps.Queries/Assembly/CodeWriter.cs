namespace BpfMaps.Queries.Assembly;

/// <summary>Writes BPF instructions, with labels for the targets of jumps.</summary>
internal sealed class CodeWriter
{
    private readonly List<Instruction> _instructions = [];
    private readonly List<int> _places = [];
    private readonly List<(int Instruction, Label Target)> _pending = [];
    private readonly List<CodeFunction> _functions = [];

    /// <summary>Gets whether numbers in memory are accessed only where they are aligned to their size.</summary>
    public bool IsAligned { get; init; }

    /// <summary>Creates a label; <see cref="Mark"/> gives it a place.</summary>
    public Label NewLabel()
    {
        _places.Add(-1);
        return new Label(_places.Count - 1);
    }

    /// <summary>Puts a label before the next instruction.</summary>
    public void Mark(Label label) => _places[label.Id] = _instructions.Count;

    /// <summary>Begins a function. The first one is the program.</summary>
    public void BeginFunction(Label label, string name, params string[] parameters)
    {
        Mark(label);
        _functions.Add(new CodeFunction(name, _instructions.Count, parameters));
    }

    public void Move(Register destination, Register source) => Apply(Operation.Move, destination, source);

    /// <summary>Loads a number, in one instruction if it fits in 32 bits with a sign.</summary>
    public void Move(Register destination, long value)
    {
        if (value == (int)value)
            Apply(Operation.Move, destination, (int)value);
        else
            LoadWide(destination, default, (int)value, (int)(value >> 32));
    }

    public void Apply(Operation operation, Register destination, Register source) =>
        Add((byte)((byte)operation | Instruction.Arithmetic64 | Instruction.FromRegister), destination, source);

    /// <param name="operation">The operation.</param>
    /// <param name="destination">The first operand, and the result.</param>
    /// <param name="value">The second operand; it is extended to 64 bits with its sign.</param>
    public void Apply(Operation operation, Register destination, int value) =>
        Add((byte)((byte)operation | Instruction.Arithmetic64), destination, default, 0, value);

    public void Negate(Register register) => Add(Instruction.NegateOperation | Instruction.Arithmetic64, register);

    /// <summary>Clears the upper 32 bits.</summary>
    public void ZeroExtend32(Register register) =>
        Add((byte)Operation.Move | Instruction.Arithmetic32 | Instruction.FromRegister, register, register);

    /// <summary>Converts from or to big endian, and clears the bits above.</summary>
    public void ToBigEndian(Register register, int bits) =>
        Add(Instruction.EndianOperation | Instruction.Arithmetic32 | Instruction.FromRegister, register, immediate: bits);

    /// <summary>Loads 1, 2, 4 or 8 bytes and clears the bits above.</summary>
    public void Load(Register destination, Register address, int offset, int size) =>
        Add((byte)(Instruction.Load | Instruction.Memory | SizeCode(size)), destination, address, checked((short)offset));

    public void Store(Register address, int offset, Register source, int size) =>
        Add((byte)(Instruction.Store | Instruction.Memory | SizeCode(size)), address, source, checked((short)offset));

    public void Store(Register address, int offset, int value, int size) =>
        Add((byte)(Instruction.StoreImmediate | Instruction.Memory | SizeCode(size)), address, default, checked((short)offset), value);

    /// <summary>Loads the address of a map, for helper functions.</summary>
    public void LoadMap(Register destination, int map) => LoadWide(destination, Instruction.MapSource, map, 0);

    /// <summary>Loads the address of the only element of an array.</summary>
    public void LoadMapValue(Register destination, int map) => LoadWide(destination, Instruction.MapValueSource, map, 0);

    /// <summary>Loads the address of a function, for helper functions that call it.</summary>
    public void LoadFunction(Register destination, Label function)
    {
        _pending.Add((_instructions.Count, function));
        LoadWide(destination, Instruction.FunctionSource, 0, 0);
    }

    public void Jump(Label target) => Jump(Instruction.Always | Instruction.Jump, default, default, 0, target);

    public void JumpIf(Condition condition, Register left, Register right, Label target) =>
        Jump((byte)((byte)condition | Instruction.Jump | Instruction.FromRegister), left, right, 0, target);

    /// <param name="condition">The condition.</param>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand; it is extended to 64 bits with its sign.</param>
    /// <param name="target">The target.</param>
    public void JumpIf(Condition condition, Register left, int right, Label target) =>
        Jump((byte)((byte)condition | Instruction.Jump), left, default, right, target);

    public void Call(Helper helper) => Add(Instruction.CallOperation | Instruction.Jump, immediate: (int)helper);

    /// <summary>Calls a function of the program.</summary>
    public void Call(Label function)
    {
        _pending.Add((_instructions.Count, function));
        Add(Instruction.CallOperation | Instruction.Jump, source: Instruction.FunctionCall);
    }

    public void Exit() => Add(Instruction.ExitOperation | Instruction.Jump);

    /// <summary>Returns a number from the current function.</summary>
    public void Return(int value)
    {
        Move(Register.R0, value);
        Exit();
    }

    /// <summary>Removes code that cannot be reached, which the verifier rejects, and resolves the labels.</summary>
    public ProgramCode Build()
    {
        Dictionary<int, int> targets = _pending.ToDictionary(static jump => jump.Instruction, jump => _places[jump.Target.Id]);
        bool[] isReached = Reachability.Find(_instructions, targets, _functions);
        int[] places = new int[_instructions.Count];
        List<Instruction> kept = [];
        for (int index = 0; index < _instructions.Count; index++)
        {
            places[index] = kept.Count;
            if (isReached[index])
                kept.Add(_instructions[index]);
        }

        foreach ((int from, int to) in targets)
        {
            if (isReached[from])
                kept[places[from]] = kept[places[from]].WithTarget(places[to] - places[from] - 1);
        }
        return new ProgramCode([.. kept], [.. _functions.Select(function => function with { Start = places[function.Start] })]);
    }

    private void Jump(byte code, Register left, Register right, int value, Label target)
    {
        _pending.Add((_instructions.Count, target));
        Add(code, left, right, 0, value);
    }

    private void LoadWide(Register destination, Register source, int low, int high)
    {
        Add(Instruction.LoadWide, destination, source, 0, low);
        Add(0, immediate: high);
    }

    private void Add(byte code, Register destination = default, Register source = default, short offset = 0, int immediate = 0) =>
        _instructions.Add(new Instruction(code, destination, source, offset, immediate));

    private static byte SizeCode(int size) =>
        size switch
        {
            1 => Instruction.Size8,
            2 => Instruction.Size16,
            4 => Instruction.Size32,
            8 => Instruction.Size64,
            _ => throw new ArgumentOutOfRangeException(nameof(size), size, "An instruction moves 1, 2, 4 or 8 bytes."),
        };
}
