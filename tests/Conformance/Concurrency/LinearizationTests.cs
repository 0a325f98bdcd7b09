namespace BpfMaps.Tests;

/// <summary>Tests of the checker: what it accepts and, above all, what it rejects.</summary>
public sealed class LinearizationTests
{
    [Fact]
    public void SequentialOperations_KeepTheirOrder()
    {
        Assert.True(Exists(Write(1, 1, 2), Read("1", 3, 4)));
        Assert.False(Exists(Write(1, 1, 2), Read(Answer.Miss, 3, 4)));
        Assert.False(Exists(Read("1", 1, 2), Write(1, 3, 4)));
    }

    [Fact]
    public void ConcurrentOperations_MayOccurInEitherOrder()
    {
        Assert.True(Exists(Write(1, 1, 4), Read("1", 2, 3)));
        Assert.True(Exists(Write(1, 1, 4), Read(Answer.Miss, 2, 3)));
    }

    [Fact]
    public void ValueThatWasNotWritten_IsNeverRead() => Assert.False(Exists(Write(1, 1, 4), Read("2", 2, 3)));

    [Fact]
    public void ValueThatWasRead_IsNotLostAgain()
    {
        ObservedCall[] history = [Write(1, 1, 8), Read("1", 2, 3), Read(Answer.Miss, 4, 5)];
        Assert.False(Exists(history));
        Assert.True(Exists(history[0], history[2] with { Start = 2, End = 3 }, history[1] with { Start = 4, End = 5 }));
    }

    [Fact]
    public void KeyTakenByTwoThreads_IsReturnedToOne()
    {
        ObservedCall first = new(Of(MapCall.LookupAndDelete), "7", 1, 4),
            second = first with { Start = 2, End = 3 };
        Assert.False(Linearization.Exists([first, second], initial: 7));
        Assert.True(Linearization.Exists([first, second with { Answer = Answer.Miss }], initial: 7));
    }

    [Fact]
    public void KeyAddedByTwoThreads_IsAddedByOne()
    {
        Step add = Of(MapCall.Update) with { Flags = (ulong)BpfUpdateFlags.NoExist };
        Assert.False(Exists(new ObservedCall(add, "Ok", 1, 4), new ObservedCall(add, "Ok", 2, 3)));
        Assert.True(Exists(new ObservedCall(add, "AlreadyExists", 1, 4), new ObservedCall(add, "Ok", 2, 3)));
    }

    private static bool Exists(params ObservedCall[] events) => Linearization.Exists(events, Linearization.Missing);

    private static ObservedCall Write(int value, long start, long end) => new(Of(MapCall.Update) with { Value = value }, "Ok", start, end);

    private static ObservedCall Read(string answer, long start, long end) => new(Of(MapCall.Lookup), answer, start, end);

    private static Step Of(MapCall call) => new(call, Key: 0, Value: 1, Flags: 0, BpfMapAccess.ReadWrite, Keys: []);
}
