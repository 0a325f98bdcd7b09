using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

// Programs that user space loads and runs itself.
internal sealed unsafe partial class KernelHost
{
    private const uint FunctionInfoSize = 2 * sizeof(uint);
    private const uint ShortLog = 1;

    internal override int LoadProgram(in BpfProgramLoadArguments arguments, out SafeHandle? program)
    {
        program = null;
        using HeldDescriptor btf = new(arguments.Btf);
        if (btf.IsDisposed)
            return Errno.EBADF;

        ReadOnlySpan<SafeHandle> maps = arguments.Maps;
        Span<int> descriptors = stackalloc int[maps.Length];
        int held = 0;
        try
        {
            for (; held < maps.Length; held++)
            {
                bool isHeld = false;
                maps[held].DangerousAddRef(ref isHeld);
                descriptors[held] = (int)maps[held].DangerousGetHandle();
            }

            return Load(in arguments, descriptors, btf.Descriptor, out program);
        }
        catch (ObjectDisposedException)
        {
            return Errno.EBADF;
        }
        finally
        {
            while (--held >= 0)
                maps[held].DangerousRelease();
        }
    }

    internal override int RunProgram(SafeHandle program, out uint returnValue)
    {
        returnValue = 0;
        if (!TryEnter(program, out CallSlot slot, out int descriptor))
            return Errno.EBADF;

        ProgramRunAttribute attribute = default;
        attribute.ProgramFd = descriptor;
        int result = BpfSyscall.Invoke(BpfCommand.ProgTestRun, &attribute, (uint)sizeof(ProgramRunAttribute));
        Leave(program, slot);
        returnValue = attribute.ReturnValue;
        return -result;
    }

    private static int Load(in BpfProgramLoadArguments arguments, ReadOnlySpan<int> descriptors, int btf, out SafeHandle? program)
    {
        fixed (ulong* instructions = arguments.Instructions)
        fixed (uint* functions = arguments.Functions)
        fixed (int* maps = descriptors)
        fixed (byte* log = arguments.Log)
        fixed (byte* license = "Dual MIT/GPL\0"u8)
        {
            ProgramLoadAttribute attribute = default;
            attribute.ProgramType = ProgramLoadAttribute.SyscallType;
            attribute.Flags = ProgramLoadAttribute.Sleepable;
            attribute.InstructionCount = (uint)arguments.Instructions.Length;
            attribute.Instructions = (ulong)instructions;
            attribute.License = (ulong)license;
            attribute.LogLevel = arguments.Log.IsEmpty ? 0 : ShortLog;
            attribute.LogSize = (uint)arguments.Log.Length;
            attribute.LogBuffer = (ulong)log;
            arguments.Name.CopyTo(attribute.Name);
            attribute.BtfFd = btf;
            attribute.FunctionInfoSize = arguments.Functions.IsEmpty ? 0 : FunctionInfoSize;
            attribute.FunctionInfo = (ulong)functions;
            attribute.FunctionInfoCount = (uint)arguments.Functions.Length / 2;
            attribute.Descriptors = (ulong)maps;
            int result = BpfSyscall.Invoke(BpfCommand.ProgLoad, &attribute, (uint)sizeof(ProgramLoadAttribute));
            // Old kernels count the memory of programs against a limit that is usually far too low.
            if (result == -Errno.EPERM && LockedMemory.TryRaise())
                result = BpfSyscall.Invoke(BpfCommand.ProgLoad, &attribute, (uint)sizeof(ProgramLoadAttribute));
            return Opened(result, out program);
        }
    }
}
