namespace BpfMaps.Tests;

/// <summary>For test classes that count what the whole process holds or shares (descriptors, mappings, the array pool): nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "whole process";
}
