namespace BpfMaps.Tests;

/// <summary>Advice about errors that only some kernels return.</summary>
public sealed class HeldObjectAdviceTests
{
    [Theory]
    [InlineData(BpfMapType.XskMap, Errno.ENOBUFS, "The socket is not bound to a queue of an interface (bind(2)).")]
    [InlineData(BpfMapType.CpuMap, Errno.EINVAL, "The program was not loaded with the expected attach type BPF_XDP_CPUMAP")]
    [InlineData(BpfMapType.CpuMap, Errno.ENOMEM, "The program was not loaded with the expected attach type BPF_XDP_CPUMAP")]
    [InlineData(BpfMapType.DevMap, Errno.EINVAL, "the program was not loaded with the expected attach type BPF_XDP_DEVMAP")]
    public void RefusedObject_IsExplained(BpfMapType type, int errno, string expected) =>
        Assert.Contains(expected, HeldObjectAdvice.ForUpdate(type, errno), StringComparison.Ordinal);

    [Fact]
    public void OtherError_IsNotExplained() => Assert.Null(HeldObjectAdvice.ForUpdate(BpfMapType.XskMap, Errno.EPERM));

    [Theory]
    [InlineData(25, "ENOTTY (25)")]
    [InlineData(Errno.ENOBUFS, "ENOBUFS (105)")]
    [InlineData(Errno.ENOTSUPP, "ENOTSUPP (524)")]
    public void ErrorNumber_HasItsName(int errno, string expected) => Assert.Equal(expected, Errno.Describe(errno));
}
