using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps.Tests;

public sealed class BpfSyscallTests
{
    [Theory]
    [InlineData(Architecture.X64, 321)]
    [InlineData(Architecture.Arm64, 280)]
    [InlineData(Architecture.RiscV64, 280)]
    [InlineData(Architecture.LoongArch64, 280)]
    [InlineData(Architecture.S390x, 351)]
    [InlineData(Architecture.Ppc64le, 361)]
    [InlineData(Architecture.X86, -1)]
    [InlineData(Architecture.Arm, -1)]
    [InlineData(Architecture.Wasm, -1)]
    public void NumberOfTheSystemCall_IsThatOfTheArchitecture(Architecture architecture, int number) =>
        Assert.Equal(number, BpfSyscall.NumberFor(architecture));

    [Fact]
    public unsafe void FailedCommand_ReturnsTheNegatedErrno()
    {
        Require.Kernel();
        ObjectIdAttribute attribute = new() { Id = uint.MaxValue - 1 };
        Assert.Equal(-Errno.ENOENT, BpfSyscall.Invoke(BpfCommand.MapGetFdById, &attribute, (uint)sizeof(ObjectIdAttribute)));
    }

    [Fact]
    public unsafe void UnknownCommand_FailsWithEinval()
    {
        Require.Kernel();
        ObjectIdAttribute attribute = default;
        Assert.Equal(-Errno.EINVAL, BpfSyscall.Invoke((BpfCommand)9999, &attribute, (uint)sizeof(ObjectIdAttribute)));
    }

    [Fact]
    public unsafe void BytesAfterTheKernelsAttributes_FailWithE2bigUnlessZero()
    {
        Require.Kernel();
        byte* attribute = stackalloc byte[1024];
        new Span<byte>(attribute, 1024).Clear();
        Assert.Equal(-Errno.EINVAL, BpfSyscall.Invoke((BpfCommand)9999, attribute, 1024));
        attribute[1000] = 1;
        Assert.Equal(-Errno.E2BIG, BpfSyscall.Invoke((BpfCommand)9999, attribute, 1024));
    }

    [Fact]
    public unsafe void UnusedAttributeBytes_FailWithEinvalUnlessZero()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Array);
        int key = 0;
        ElementAttribute attribute = new((int)map.Handle.DangerousGetHandle(), (byte*)&key, null, 0) { Flags = 1 };
        Assert.Equal(-Errno.EINVAL, BpfSyscall.Invoke(BpfCommand.MapGetNextKey, &attribute, (uint)sizeof(ElementAttribute)));
    }

    [Fact]
    public unsafe void NullBuffers_FailWithEfault()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.Equal(Errno.EFAULT, BpfHost.Kernel.Update(map.Handle, (byte*)1, (byte*)1, 0));
    }
}
