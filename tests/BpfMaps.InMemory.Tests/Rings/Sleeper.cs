using System.Runtime.ExceptionServices;

namespace BpfMaps.Tests;

/// <summary>A thread whose sleep state can be observed.</summary>
internal sealed class Sleeper
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Thread _thread;
    private Exception? _failure;
    private int _result;

    private Sleeper(Func<int> function) =>
        _thread = new Thread(() =>
        {
            try
            {
                _result = function();
            }
#pragma warning disable CA1031 // The test receives every exception.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = exception;
            }
        });

    /// <summary>Runs a function on a new thread. Returns when the thread sleeps.</summary>
    public static Sleeper Start(Func<int> function)
    {
        Sleeper sleeper = new(function);
        sleeper._thread.Start();
        sleeper.AwaitSleep();
        return sleeper;
    }

    /// <summary>Waits until the thread sleeps.</summary>
    public void AwaitSleep() => Assert.True(SpinWait.SpinUntil(() => IsAsleep, s_patience), "The thread does not fall asleep.");

    /// <summary>Fails if the thread was woken, after giving it time to run.</summary>
    public void AssertAsleep()
    {
        for (int i = 0; i < 20; i++)
        {
            Thread.Sleep(1);
            Assert.True(IsAsleep, "The thread was woken.");
        }
    }

    /// <summary>Waits for the thread to end and returns the function's result.</summary>
    public int Join()
    {
        Assert.True(_thread.Join(s_patience), "The thread does not end: it was not woken.");
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        return _result;
    }

    /// <summary>Waits for the thread to end and returns the function's exception.</summary>
    public Exception? JoinFailed()
    {
        Assert.True(_thread.Join(s_patience), "The thread does not end: it was not woken.");
        return _failure;
    }

    private bool IsAsleep => _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin);
}
