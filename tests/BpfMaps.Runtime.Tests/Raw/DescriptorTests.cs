using BpfMaps.Interop;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

/// <summary>Tests of map descriptors as descriptors of the operating system.</summary>
public sealed class DescriptorTests
{
    [Fact]
    public void AdoptedDescriptor_IsClosedOnExec()
    {
        const int closeOnExec = 1,
            getDescriptorFlags = 1;
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        using RawMap adopted = RawMap.FromFileDescriptor((int)map.Handle.DangerousGetHandle());
        Assert.Equal(closeOnExec, Libc.Fcntl((int)map.Handle.DangerousGetHandle(), getDescriptorFlags, 0));
        Assert.Equal(closeOnExec, Libc.Fcntl((int)adopted.Handle.DangerousGetHandle(), getDescriptorFlags, 0));
    }

    [Fact]
    public void DescriptorOfAFile_FailsWithEinval()
    {
        Require.Kernel();
        using SafeFileHandle file = TestLibc.Open("/proc/self/exe");
        var refusal = Assert.Throws<BpfException>(() => RawMap.FromFileDescriptor((int)file.DangerousGetHandle()));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("The descriptor is not one of a BPF map.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void Kernel_DistinguishesOtherFilesFromClosedDescriptors()
    {
        Require.Kernel();
        using SafeFileHandle file = TestLibc.Open("/proc/self/exe");
        ElementAttribute attribute = new((int)file.DangerousGetHandle(), null, null, 0);
        Assert.Equal(-Errno.EINVAL, BpfSyscall.Invoke(BpfCommand.MapFreeze, &attribute, ElementAttribute.FreezeSize));
        attribute.MapFd = 1_000_000;
        Assert.Equal(-Errno.EBADF, BpfSyscall.Invoke(BpfCommand.MapFreeze, &attribute, ElementAttribute.FreezeSize));
    }
}
