namespace BpfMaps;

/// <summary>Reports a ring whose shared memory holds what one consumer and one producer never leave there.</summary>
internal static class TornRing
{
    public static BpfException Exception(RawMap map, ulong consumer, ulong producer, string problem)
    {
        bool isWritten = map.Type == BpfMapType.UserRingBuf;
        string end = isWritten ? "Writing to" : "Reading";
        string cause = isWritten
            ? "Most likely something else writes to the ring as well, another object or another process: a user ring buffer has one writer."
            : "Most likely something else reads the ring as well, another object or another process: a ring buffer has one reader.";
        return new BpfException(
            $"{end} map {map} failed: the ring is torn. Its consumer's position is {consumer}, its producer's is {producer}, its size is {map.MaxEntries}, and {problem}. {cause} "
            + "End the other one, and create the map again: what is in it is lost.",
            Errno.EPROTO,
            "ring",
            map.Name);
    }
}
