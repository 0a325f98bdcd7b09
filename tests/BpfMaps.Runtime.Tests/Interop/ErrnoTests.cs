namespace BpfMaps.Tests;

public sealed class ErrnoTests
{
    [Theory]
    [InlineData(1, "EPERM")]
    [InlineData(2, "ENOENT")]
    [InlineData(4, "EINTR")]
    [InlineData(7, "E2BIG")]
    [InlineData(9, "EBADF")]
    [InlineData(11, "EAGAIN")]
    [InlineData(12, "ENOMEM")]
    [InlineData(13, "EACCES")]
    [InlineData(14, "EFAULT")]
    [InlineData(16, "EBUSY")]
    [InlineData(17, "EEXIST")]
    [InlineData(20, "ENOTDIR")]
    [InlineData(22, "EINVAL")]
    [InlineData(24, "EMFILE")]
    [InlineData(28, "ENOSPC")]
    [InlineData(36, "ENAMETOOLONG")]
    [InlineData(38, "ENOSYS")]
    [InlineData(95, "EOPNOTSUPP")]
    [InlineData(524, "ENOTSUPP")]
    public void KnownNumber_HasItsName(int errno, string name)
    {
        Assert.Equal(name, Errno.Name(errno));
        Assert.Equal($"{name} ({errno})", Errno.Describe(errno));
    }

    [Fact]
    public void UnknownNumber_IsShownOnce()
    {
        Assert.Equal("errno 4000", Errno.Name(4000));
        Assert.Equal("errno 4000", Errno.Describe(4000));
    }

    [Theory]
    [InlineData(524, true)]
    [InlineData(95, true)]
    [InlineData(22, false)]
    [InlineData(0, false)]
    public void NotSupported_HasTwoNumbers(int errno, bool isNotSupported) => Assert.Equal(isNotSupported, Errno.IsNotSupported(errno));

    [Theory]
    [InlineData(1, typeof(BpfPermissionException))]
    [InlineData(13, typeof(BpfPermissionException))]
    [InlineData(95, typeof(BpfNotSupportedException))]
    [InlineData(524, typeof(BpfNotSupportedException))]
    [InlineData(22, typeof(BpfException))]
    public void Exception_ContainsTheOperationTheErrorAndTheAdvice(int errno, Type type)
    {
        BpfException exception = BpfException.Of("Feeding the bees", errno, BpfCommand.MapFreeze, "hive", "Open the lid.");
        Assert.Equal(type, exception.GetType());
        Assert.Equal($"Feeding the bees failed: BPF_MAP_FREEZE returned {Errno.Describe(errno)}. Open the lid.", exception.Message);
        Assert.Equal(
            (errno, Errno.Name(errno), "BPF_MAP_FREEZE", "hive"),
            (exception.Errno, exception.ErrnoName, exception.Command, exception.MapName)
        );
    }

    [Fact]
    public void ExceptionWithoutAdvice_EndsAfterTheError() =>
        Assert.Equal(
            "Flying failed: BPF_BTF_LOAD returned EINVAL (22).",
            BpfException.Of("Flying", Errno.EINVAL, BpfCommand.BtfLoad, null, null).Message
        );
}
