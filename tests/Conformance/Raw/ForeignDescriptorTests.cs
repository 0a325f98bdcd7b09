using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of commands on descriptors that are not maps. <see cref="RawMap"/> prevents such calls.</summary>
public sealed unsafe class ForeignDescriptorTests
{
    public static TheoryData<string> Commands => [.. s_commands.Keys];

    private static readonly Dictionary<string, Func<SafeHandle, int>> s_commands = new()
    {
        [nameof(BpfHost.Lookup)] = handle => OnElement((key, value) => Host.Lookup(handle, key, value, 0)),
        [nameof(BpfHost.LookupAndDelete)] = handle => OnElement((key, value) => Host.LookupAndDelete(handle, key, value, 0)),
        [nameof(BpfHost.Update)] = handle => OnElement((key, value) => Host.Update(handle, key, value, 0)),
        [nameof(BpfHost.Delete)] = handle => OnElement((key, _) => Host.Delete(handle, key)),
        [nameof(BpfHost.GetNextKey)] = handle => OnElement((key, value) => Host.GetNextKey(handle, key, value)),
        [nameof(BpfHost.LookupBatch)] = handle =>
            OnBatch((uint* count, byte* bytes) => Host.LookupBatch(handle, null, bytes, bytes, bytes, ref *count, 0)),
        [nameof(BpfHost.UpdateBatch)] = handle =>
            OnBatch((uint* count, byte* bytes) => Host.UpdateBatch(handle, bytes, bytes, ref *count, 0)),
        [nameof(BpfHost.DeleteBatch)] = handle => OnBatch((uint* count, byte* bytes) => Host.DeleteBatch(handle, bytes, ref *count, 0)),
        [nameof(BpfHost.Freeze)] = handle => Host.Freeze(handle),
    };

    private delegate int ElementCommand(byte* key, byte* value);

    private delegate int BatchCommand(uint* count, byte* bytes);

    private static BpfHost Host => TestHost.Current;

    [Theory]
    [MemberData(nameof(Commands))]
    public void CommandOnBtf_FailsWithEinval(string command)
    {
        using SafeHandle btf = TestBtf.Load();
        Assert.Equal("EINVAL", Errno.Name(s_commands[command](btf)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void CommandOnAClosedDescriptor_FailsWithEbadf(string command)
    {
        RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Dispose();
        Assert.Equal("EBADF", Errno.Name(s_commands[command](map.Handle)));
    }

    [Fact]
    public void BtfAdoptedAsAMap_FailsWithEinval()
    {
        using SafeHandle btf = TestBtf.Load();
        Assert.Equal(Errno.EINVAL, TestMaps.Errno(() => TestMaps.FromFileDescriptor((int)btf.DangerousGetHandle())));
    }

    private static int OnElement(ElementCommand command)
    {
        byte* bytes = stackalloc byte[64];
        return command(bytes, bytes + 32);
    }

    private static int OnBatch(BatchCommand command)
    {
        byte* bytes = stackalloc byte[64];
        uint count = 1;
        return command(&count, bytes);
    }
}
