namespace BpfMaps.Tests;

/// <summary>The class of <c>Fixtures/tasks.bpf.c</c>, with members generated from <c>tasks.bpf.layout</c>.</summary>
[BpfObject("tasks.bpf.o")]
internal sealed partial class TasksObject;
