namespace BpfMaps.Queries.Assembly;

/// <summary>Finds the instructions that can run.</summary>
internal static class Reachability
{
    /// <summary>Returns for each instruction whether it can be reached from the start of a function.</summary>
    /// <param name="instructions">The instructions.</param>
    /// <param name="targets">The targets of jumps, by the index of the jump.</param>
    /// <param name="functions">The functions, all of which are called.</param>
    public static bool[] Find(List<Instruction> instructions, Dictionary<int, int> targets, List<CodeFunction> functions)
    {
        bool[] isReached = new bool[instructions.Count];
        Stack<int> starts = new(functions.Select(static function => function.Start));
        while (starts.TryPop(out int index))
        {
            for (; index < instructions.Count && !isReached[index]; index++)
            {
                Instruction instruction = instructions[index];
                isReached[index] = true;
                if (instruction.Code == Instruction.LoadWide)
                {
                    isReached[++index] = true;
                    continue;
                }

                if (targets.TryGetValue(index, out int target))
                    starts.Push(target);
                if (instruction.IsEnd)
                    break;
            }
        }
        return isReached;
    }
}
