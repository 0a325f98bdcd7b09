// Pins the ring of the declared events, and runs a program that writes to it until enough events were counted.
using BpfMaps;

using BpfObject emitter = BpfObject.Open(Path.Combine(AppContext.BaseDirectory, "exec-events.bpf.o"));
emitter.Load();
using RawMap ring = emitter.GetMap("exec_event").Open();
ring.Pin("/sys/fs/bpf/exec_events");
for (int i = 0; i < 3; i++)
    emitter.GetProgram("emit").TestRun();
CancellationToken cancellationToken = CancellationToken.None;
int counted = 0;
new Thread(() =>
{
    while (Volatile.Read(ref counted) < 20)
    {
        emitter.GetProgram("emit").TestRun();
        Thread.Sleep(5);
    }
})
{
    IsBackground = true,
}.Start();

void Count(uint processId)
{
    if (processId == 1 && Interlocked.Increment(ref counted) == 20)
        Environment.Exit(0);
}
