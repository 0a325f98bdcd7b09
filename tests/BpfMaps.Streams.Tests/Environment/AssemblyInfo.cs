// These tests count the descriptors, mappings and threads of the process, so other tests must not run in parallel.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
