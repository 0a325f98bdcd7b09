namespace BpfMaps.Tests;

/// <summary>
/// The collection of tests that inspect process-wide state: descriptors, mappings, capabilities, the array pool. They do not run in
/// parallel.
/// </summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
