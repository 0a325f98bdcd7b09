using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>How a struct adds to a total where the usual rules do not reach.</summary>
/// <param name="Kept">The members that stay as the first CPU has them.</param>
/// <param name="IsOnlyLarge">Whether the usual rules would do, and only make too much text wherever the struct is used.</param>
internal sealed record OwnSteps(EquatableArray<AggregateStep> Steps, IReadOnlyList<string> Kept, bool IsOnlyLarge);

/// <summary>Decides how the values of per-CPU maps are added up.</summary>
/// <remarks>
/// Numbers are summed. What has no sum (text, enumerations, addresses, unions) stays as the first CPU has it, and the struct it is in gets an
/// <c>Accumulate</c> of its own that says so: a declaration of the user's would be asked what is meant, but a generated one has nobody to ask.
/// </remarks>
internal sealed class ValueAggregation(ObjectTypes types)
{
    /// <summary>A struct with more numbers is added up by a method of its own, which is written once.</summary>
    private const int MostSteps = 64;

    /// <summary>The most numbers in an element of an array, where such a method cannot be called.</summary>
    private const int MostInElement = 4096;

    private readonly Dictionary<string, OwnSteps?> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <returns>The steps of a per-CPU map whose values are of this type; none where all of it stays as the first CPU has it.</returns>
    public EquatableArray<AggregateStep> StepsOf(LayoutTypeUse value)
    {
        List<AggregateStep> steps = [];
        if (types.SizeOf(value) <= MapLimits.LargestPerCpuValue)
            _ = TryAdd(steps, value, "", 0, EquatableArray<Loop>.Empty);
        return steps.ToEquatableArray();
    }

    /// <summary>Whether a value is added up at all.</summary>
    public bool HasTotal(LayoutTypeUse value) => types.SizeOf(value) <= MapLimits.LargestPerCpuValue && TryAdd([], value, "", 0, EquatableArray<Loop>.Empty);

    /// <summary>Whether a declaration of a map with such values can do without a struct of ours around them that says how they add up.</summary>
    public bool IsDeclarable(LayoutTypeUse value) =>
        HasTotal(value) && (value.Count == 0 || types.Struct(value.Element) is not { } element || OwnOf(element) is null);

    /// <returns>What a struct's own method does; <see langword="null"/> if it needs none, or is no part of a per-CPU value.</returns>
    public OwnSteps? OwnStepsOf(StructPlan plan) => _own.TryGetValue(plan.Layout.Token, out OwnSteps? own) ? own : null;

    private bool TryAdd(List<AggregateStep> steps, LayoutTypeUse use, string? path, int offset, EquatableArray<Loop> loops)
    {
        if (types.Struct(use.Element) is { } plan)
            return TryAddStruct(steps, plan, use.Count, path, offset, loops);
        if (types.Find(use.Element) is { } other)
            return ObjectTypes.IsSpinLock(other);
        if (use.Element is "char" or "bool" or LayoutNumbers.Opaque || ObjectTypes.IsNetworkOrder(use))
            return false;
        string number = types.TypeOf(use with { Count = 0 })!;
        string? reach = use.Count == 0 ? path : null;
        steps.Add(new(AggregateOperation.Sum, reach, number, offset, Math.Max(use.Count, 1), reach is null ? loops : EquatableArray<Loop>.Empty));
        return true;
    }

    private bool TryAddStruct(List<AggregateStep> steps, StructPlan plan, int count, string? path, int offset, EquatableArray<Loop> loops)
    {
        if (plan.Layout.Kind == TypeKindInBtf.Union && plan.Layout.Fields.Count > 1)
            return false;
        bool isArray = count > 0;
        if (OwnOf(plan) is { } own)
        {
            if (!isArray && path is not null)
            {
                steps.Add(new(AggregateOperation.Own, path, "", offset, 1, EquatableArray<Loop>.Empty, types.Style.Qualifier + plan.Name));
                return true;
            }
            // Its method cannot be called on an element that only an offset reaches.
            if (!own.IsOnlyLarge || NumbersIn(plan) > MostInElement)
                return false;
        }
        if (isArray)
        {
            path = null;
            loops = loops.Append(new Loop(count, plan.Layout.Size)).ToEquatableArray();
        }
        foreach (MemberPlan member in plan.Members)
            _ = TryAdd(steps, member.Use, path is null ? null : path + "." + member.Name, offset + member.Offset, loops);
        return true;
    }

    /// <summary>Asks whether a struct needs a method of its own, and remembers its steps.</summary>
    private OwnSteps? OwnOf(StructPlan plan)
    {
        if (_own.TryGetValue(plan.Layout.Token, out OwnSteps? known))
            return known;
        List<AggregateStep> steps = [];
        List<string> kept = [];
        HashSet<MemberPlan> overlapped = Overlapped(plan);
        foreach (MemberPlan member in plan.Members)
        {
            bool isFlag = member.Type == "bool";
            if (isFlag || overlapped.Contains(member) || !TryAdd(steps, member.Use, "." + member.Name, member.Offset, EquatableArray<Loop>.Empty))
                kept.Add(member.Name);
        }
        bool isLarge = steps.Count > MostSteps, isSpecial = kept.Count > 0 || plan.Storage.Count > 0 || plan.Bytes is not null;
        OwnSteps? own = isLarge || isSpecial ? new(steps.ToEquatableArray(), kept, !isSpecial) : null;
        _own.Add(plan.Layout.Token, own);
        return own;
    }

    /// <summary>How many numbers would be added one by one, those of nested structs among them.</summary>
    private long NumbersIn(StructPlan plan)
    {
        if (_numbers.TryGetValue(plan.Layout.Token, out long known))
            return known;
        long count = 0;
        foreach (MemberPlan member in plan.Members)
            count = Math.Min(count + (types.Struct(member.Use.Element) is { } inner ? NumbersIn(inner) : 1), int.MaxValue);
        _numbers.Add(plan.Layout.Token, count);
        return count;
    }

    /// <summary>The members that share bits with others.</summary>
    private HashSet<MemberPlan> Overlapped(StructPlan plan)
    {
        HashSet<MemberPlan> overlapped = [];
        (MemberPlan? member, int end) = (null, 0);
        foreach (MemberPlan next in plan.Members.OrderBy(m => Bits(m).Start))
        {
            (int nextStart, int nextEnd) = Bits(next);
            if (member is not null && nextStart < end)
            {
                overlapped.Add(member);
                overlapped.Add(next);
            }
            if (nextEnd >= end)
                (member, end) = (next, nextEnd);
        }
        return overlapped;
    }

    private (int Start, int End) Bits(MemberPlan member) => member.Bits is { } bits
        ? (bits.FirstBit, bits.FirstBit + bits.Count)
        : (member.Offset * 8, (member.Offset + types.SizeOf(member.Use)) * 8);
}
