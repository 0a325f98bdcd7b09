using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Determines whether the kernel supports a program type by loading a program that only returns.</summary>
internal static unsafe class ProgramTypeProbe
{
    /// <summary>BPF_F_SLEEPABLE, which programs of type syscall require.</summary>
    private const uint Sleepable = 1 << 4;

    private const uint CgroupConnect4 = 10;
    private const uint CgroupGetSockOpt = 21;
    private const uint SocketLookup = 36;
    private const uint NetfilterHook = 45;

    public static bool Run(BpfProgramType type)
    {
        // r0 = 0; exit. The first byte is the operation on machines of either byte order.
        ReadOnlySpan<byte> instructions = [0xb7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0];
        ReadOnlySpan<byte> license = "GPL\0"u8;
        fixed (byte* first = instructions)
        fixed (byte* name = license)
        {
            ProgramLoadAttribute attribute = new()
            {
                ProgramType = (uint)type,
                InstructionCount = 2,
                Instructions = (ulong)first,
                License = (ulong)name,
                Flags = type == BpfProgramType.Syscall ? Sleepable : 0,
                AttachType = type switch
                {
                    BpfProgramType.CgroupSockAddr => CgroupConnect4,
                    BpfProgramType.CgroupSockOpt => CgroupGetSockOpt,
                    BpfProgramType.SkLookup => SocketLookup,
                    BpfProgramType.Netfilter => NetfilterHook,
                    _ => 0,
                },
            };
            int errno = KernelCall.TryLoad(ref attribute, out bool isVerified);
            // With all capabilities, the kernel returns EPERM for types that it was built without.
            if (errno is Errno.EPERM or Errno.EACCES && !isVerified && !Credentials.HasAdminCapability)
                throw Failure(type, errno);
            // An exhausted resource says nothing about the type.
            if (errno is Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.EAGAIN or Errno.EINTR)
                throw Failure(type, errno);
            // Programs of some types need a function to attach to: the verifier says so only if the kernel has the type.
            return isVerified;
        }
    }

    private static BpfException Failure(BpfProgramType type, int errno) =>
        BpfException.Of(
            $"Determining whether programs of type {type} are supported",
            errno,
            BpfCommand.ProgLoad,
            mapName: null,
            KernelAdvice.For(BpfCommand.ProgLoad, errno, path: null)
        );
}
