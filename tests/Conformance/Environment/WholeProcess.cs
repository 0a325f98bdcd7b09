namespace BpfMaps.Tests;

/// <summary>Tests that look at what the whole process holds or shares: descriptors, mappings, rights, the array pool. Nothing else runs beside them.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
