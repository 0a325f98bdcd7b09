namespace BpfMaps.Tests;

/// <summary>Tests that look at the whole process, its descriptors, mappings or rights: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
