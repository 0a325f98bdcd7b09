using BpfMaps;

namespace Profile;

/// <summary>Turns sampled stacks into names of functions, from the outermost caller to the sampled function.</summary>
internal sealed class StackNames(ProfileObject program)
{
    private readonly BpfSymbols _symbols = new();

    /// <summary>Gets why functions of the kernel have no names, or <see langword="null"/>.</summary>
    public string? Restriction => _symbols.Kernel.Restriction;

    /// <summary>The command, the functions in user space, and those in the kernel, which end in <c>_[k]</c>.</summary>
    public string[] Of(in Sample sample)
    {
        int processId = (int)sample.ProcessId;
        return
        [
            sample.Command.ToString(),
            .. Frames(sample.UserStack, address => _symbols.NameOfProcess(processId, address)),
            .. Frames(sample.KernelStack, address => $"{_symbols.NameOfKernel(address)}_[k]"),
        ];
    }

    private IEnumerable<string> Frames(int stack, Func<ulong, string> name) =>
        // Stacks start with the sampled function. Semicolons separate frames in folded stacks.
        stack >= 0
        && program.Stacks.TryGetStack(stack, out ulong[]? addresses)
            ? addresses.Reverse().Select(address => name(address).Replace(';', ':'))
            : [];
}
