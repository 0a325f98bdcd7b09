namespace BpfMaps.Tests;

/// <summary>Tests of maps that are disposed while other threads use them.</summary>
public sealed class DisposalRaceTests
{
    private const int Rounds = 300;

    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void OperationsDuringDisposal_SucceedOrThrowObjectDisposed()
    {
        for (int round = 0; round < Rounds; round++)
        {
            Counters counters = Counters.Create(host: _host);
            ManyThreads.Run(
                2,
                thread =>
                {
                    if (thread == 0)
                    {
                        counters.Dispose();
                        return;
                    }

                    try
                    {
                        for (uint key = 0; ; key++)
                            counters[key % 16] = key;
                    }
                    catch (ObjectDisposedException) { }
                }
            );
        }

        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void OperationStartedBeforeDisposal_ThrowsObjectDisposed()
    {
        foreach (BpfMapCommand command in (BpfMapCommand[])[BpfMapCommand.Lookup, BpfMapCommand.Update])
        {
            Settings settings = Settings.Create(host: _host);
            _host.BeforeNext(command, _ => settings.Dispose());
            Assert.Throws<ObjectDisposedException>(() =>
            {
                if (command == BpfMapCommand.Lookup)
                    _ = settings[1];
                else
                    settings[1] = 1;
            });
        }
    }

    [Fact]
    public void InnerMapAddedWhileItsOuterMapIsDisposed_IsReleased()
    {
        Totals inner = Totals.Create(host: _host);
        byte[] descriptor = BitConverter.GetBytes((int)inner.Raw.Handle.DangerousGetHandle());
        RawMap outer = RawMap.Create(
            new()
            {
                Type = BpfMapType.ArrayOfMaps,
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 4,
                InnerMap = inner.Raw,
            },
            _host
        );
        _host.BeforeNext(BpfMapCommand.Update, _ => outer.Dispose());
        Assert.Throws<ObjectDisposedException>(() => outer.Update([1, 0, 0, 0], descriptor));
        inner.Dispose();
        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void ConcurrentPinOpenAndDispose_FindTheMapOrNot()
    {
        for (int round = 0; round < Rounds; round++)
        {
            Counters counters = Counters.Create(host: _host);
            uint id = counters.Info.Id;
            ManyThreads.Run(
                2,
                thread =>
                {
                    if (thread == 0)
                    {
                        counters.Dispose();
                        return;
                    }

                    try
                    {
                        using RawMap opened = RawMap.OpenById(id, host: _host);
                        opened.Update([1, 0, 0, 0], new byte[8]);
                    }
                    catch (BpfException refusal) when (refusal.Errno == Errno.ENOENT) { }
                }
            );
        }

        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }

    [Fact]
    public void ViewsOfADisposedMap_StayValid()
    {
        for (int round = 0; round < Rounds; round++)
        {
            Settings settings = Settings.Create(host: _host);
            using BpfArrayView<ulong> view = settings.Map();
            view[7] = 7;
            Thread disposal = new(settings.Dispose);
            disposal.Start();
            for (ulong value = 0; value < 100; value++)
                view[0] = value;
            disposal.Join();
            Assert.Equal((99ul, 7ul), (view[0], view[7]));
        }

        Assert.Empty(RawMap.EnumerateLoaded(_host));
    }
}
