using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

/// <summary>Two network namespaces that are connected by a pair of virtual interfaces; Guard filters what the server receives.</summary>
internal sealed partial class GuardNetwork : IDisposable
{
    public const string Interface = "gserver";
    public const string Server = "10.99.0.1";
    public const string Good = "10.99.0.2";
    public const string Bad = "10.99.0.3";

    private static int s_count;

    private readonly string _client;
    private readonly string _server;

    public GuardNetwork()
    {
        Require.Root();
        _ = Require.Program("ip", "iproute2");
        string name = $"bm{Environment.ProcessId}g{Interlocked.Increment(ref s_count)}";
        (_client, _server) = (name + "c", name + "s");
        Ip("netns", "add", _client);
        Ip("netns", "add", _server);
        Ip("-n", _server, "link", "add", Interface, "type", "veth", "peer", "name", "gclient", "netns", _client);
        Ip("-n", _server, "addr", "add", Server + "/24", "dev", Interface);
        Ip("-n", _server, "link", "set", Interface, "up");
        Ip("-n", _client, "addr", "add", Good + "/24", "dev", "gclient");
        Ip("-n", _client, "addr", "add", Bad + "/24", "dev", "gclient");
        Ip("-n", _client, "link", "set", "gclient", "up");
    }

    /// <summary>The start of a command line that runs a program where the server is. Mounts are those of this process.</summary>
    public string[] Enter => ["nsenter", "--net=/run/netns/" + _server, "env", "--default-signal=INT"];

    public T OnClient<T>(Func<T> run) => Run(_client, run);

    public T OnServer<T>(Func<T> run) => Run(_server, run);

    public void Dispose()
    {
        Ip("netns", "del", _server);
        Ip("netns", "del", _client);
    }

    private static void Ip(params string[] arguments) => _ = Processes.Run("ip", arguments);

    // Namespaces belong to threads, so the thread that enters one is not used for anything else.
    private static T Run<T>(string name, Func<T> run)
    {
        Task<T> task = new(() =>
        {
            using SafeFileHandle space = File.OpenHandle("/run/netns/" + name);
            const int NetworkNamespaces = 0x40000000;
            Assert.True(SetNamespace(space, NetworkNamespaces) == 0, $"setns failed with {Marshal.GetLastPInvokeError()}");
            return run();
        });
        Thread thread = new(() => task.RunSynchronously());
        thread.Start();
        thread.Join();
        return task.GetAwaiter().GetResult();
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle space, int type);
}
