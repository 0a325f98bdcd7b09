// Tests here count the process's descriptors, mappings and threads, which those of other tests would disturb.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
