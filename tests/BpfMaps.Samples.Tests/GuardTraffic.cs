using System.Net;
using System.Net.Sockets;

namespace BpfMaps.Tests;

/// <summary>Packets of a good and of a bad source to a server, which counts what it receives.</summary>
internal sealed class GuardTraffic : IDisposable
{
    private const int Port = 9999;

    private readonly Socket _server;
    private readonly Socket _good;
    private readonly Socket _bad;
    private readonly Thread _receiver;
    private readonly CancellationTokenSource _stop = new();
    private Thread? _sender;
    private long _receivedGood;
    private long _receivedBad;
    private volatile bool _isDisposed;

    public GuardTraffic(GuardNetwork network)
    {
        _server = network.OnServer(static () => Bound(GuardNetwork.Server, Port));
        _good = network.OnClient(static () => Bound(GuardNetwork.Good, 0));
        _bad = network.OnClient(static () => Bound(GuardNetwork.Bad, 0));
        _receiver = new Thread(Receive);
        _receiver.Start();
    }

    public long SentGood { get; private set; }

    public long SentBad { get; private set; }

    public long ReceivedGood => Interlocked.Read(ref _receivedGood);

    public long ReceivedBad => Interlocked.Read(ref _receivedBad);

    /// <summary>Sends packets of both sources without end.</summary>
    public void Start()
    {
        _sender = new Thread(() =>
        {
            while (!_stop.IsCancellationRequested)
            {
                SendBad(5);
                SendGood(1);
                Thread.Sleep(1);
            }
        });
        _sender.Start();
    }

    /// <summary>Ends what <see cref="Start"/> began.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _sender?.Join();
        _sender = null;
    }

    public void SendGood(int count) => SentGood += Send(_good, count);

    public void SendBad(int count) => SentBad += Send(_bad, count);

    /// <summary>Waits until the server has received that many packets of the good source.</summary>
    public async Task WaitForGoodAsync(long count)
    {
        while (ReceivedGood < count)
            await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Stop();
        _isDisposed = true;
        _server.Dispose();
        _receiver.Join();
        _good.Dispose();
        _bad.Dispose();
        _stop.Dispose();
    }

    private static Socket Bound(string address, int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        return socket;
    }

    private static int Send(Socket socket, int count)
    {
        IPEndPoint server = new(IPAddress.Parse(GuardNetwork.Server), Port);
        for (int i = 0; i < count; i++)
            _ = socket.SendTo("packet"u8, server);
        return count;
    }

    private void Receive()
    {
        byte[] buffer = new byte[64];
        IPAddress bad = IPAddress.Parse(GuardNetwork.Bad);
        try
        {
            while (true)
            {
                EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                _ = _server.ReceiveFrom(buffer, ref from);
                _ = Interlocked.Increment(ref ((IPEndPoint)from).Address.Equals(bad) ? ref _receivedBad : ref _receivedGood);
            }
        }
        catch (Exception exception) when (_isDisposed && exception is (SocketException or ObjectDisposedException))
        {
            // Disposal ends the wait. Any other end would make missing packets look like dropped ones.
        }
    }
}
