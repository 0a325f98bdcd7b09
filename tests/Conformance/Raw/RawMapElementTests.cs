namespace BpfMaps.Tests;

public sealed class RawMapElementTests
{
    [Fact]
    public void ValueOfAKey_IsReadBack()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Assert.Equal(BpfUpdateResult.Ok, map.Update(TestMaps.Bytes(1), TestMaps.Bytes(2L)));
        byte[] value = new byte[8];
        Assert.True(map.TryLookup(TestMaps.Bytes(1), value));
        Assert.Equal(TestMaps.Bytes(2L), value);
    }
}
