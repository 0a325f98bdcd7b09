using BpfMaps;

using BpfObject emitter = BpfObject.Open(Path.Combine(AppContext.BaseDirectory, "exec-events.bpf.o"));
emitter.Load();
for (int i = 0; i < 4; i++)
    emitter.GetProgram("emit").TestRun();
using ProcessEvents events = ProcessEvents.FromRaw(emitter.GetMap("event_prefix").Open());
AppDomain.CurrentDomain.ProcessExit += (_, _) => Environment.ExitCode = Totals.Starts == 2 && Totals.Exits == 2 ? 0 : 1;

void OnStart(in ProcessStart start) => Totals.Starts++;
void OnExit(in ProcessExit exit) => Totals.Exits++;

public static class Totals
{
    public static int Starts;
    public static int Exits;
}

public struct ProcessStart
{
    public EventPrefix Prefix;
}

public struct ProcessExit
{
    public EventPrefix Prefix;
}
