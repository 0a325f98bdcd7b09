using BpfMaps.Metadata;
using BpfMaps.Queries.Assembly;
using BpfMaps.Queries.Programs;
using BpfMaps.Queries.Questions;
using BpfMaps.Queries.Running;

namespace BpfMaps.Tests;

/// <summary>The code of programs, and what is said about code that the kernel rejects.</summary>
public sealed class CodeTests
{
    private static readonly QueryTarget s_hash = new()
    {
        KeySize = 8,
        ValueSize = 16,
        IsArray = false,
        Cpus = [],
        Totals = [],
        ValueOffset = 8,
        Stride = 24,
    };

    private static readonly FieldNumber s_bytes = new(Part.Value, 8, NumberType.UInt64, IsBigEndian: false);

    [Fact]
    public void Count_ComparesFieldsWithVariablesAndLiterals()
    {
        FieldNumber port = new(Part.Key, 4, new NumberType(2, IsSigned: false), IsBigEndian: true);
        Predicate condition = new Both(
            new Comparison(Relation.Less, s_bytes, new ParameterNumber(0, NumberType.UInt64)),
            new Comparison(Relation.Equal, port, new ConstantNumber(443, port.Type))
        );

        Assert.Equal(
            """
            query(context):
                0: r1 = map[0]
                2: r2 = element
                4: r3 = 0
                5: r4 = 0
                6: call ForEachElement
                7: r0 = 0
                8: exit
            element(map, key, value, context):
                9: r6 = r2
               10: r7 = r3
               11: r9 = map[1][0]
               13: r0 = *(u64 *)(r7 +8)
               14: r1 = *(u64 *)(r9 +64)
               15: if r0 >= r1 goto L22
               16: r0 = *(u16 *)(r6 +4)
               17: r0 = be16 r0
               18: if r0 != 443 goto L22
               19: r1 = *(u64 *)(r9 +0)
               20: r1 += 1
               21: *(u64 *)(r9 +0) = r1
            L22:
               22: r0 = 0
               23: exit

            """,
            QuestionProgram.Write(s_hash, new Question(QuestionKind.Count, condition)).ToString()
        );
    }

    [Fact]
    public void Sum_Has128Bits() =>
        Assert.Equal(
            """
            query(context):
                0: r1 = map[0]
                2: r2 = element
                4: r3 = 0
                5: r4 = 0
                6: call ForEachElement
                7: r0 = 0
                8: exit
            element(map, key, value, context):
                9: r6 = r2
               10: r7 = r3
               11: r9 = map[1][0]
               13: r0 = *(u64 *)(r7 +8)
               14: r1 = *(u64 *)(r9 +24)
               15: r2 = *(u64 *)(r9 +32)
               16: r1 += r0
               17: if r1 >= r0 goto L19
               18: r2 += 1
            L19:
               19: *(u64 *)(r9 +24) = r1
               20: *(u64 *)(r9 +32) = r2
               21: r1 = *(u64 *)(r9 +0)
               22: r1 += 1
               23: *(u64 *)(r9 +0) = r1
               24: r0 = 0
               25: exit

            """,
            QuestionProgram.Write(s_hash, new Question(QuestionKind.Sum, Always.True, s_bytes)).ToString()
        );

    [Fact]
    public void Total_CallsAFunctionForEachOtherCpu()
    {
        QueryTarget target = s_hash with
        {
            ValueSize = 8,
            Cpus = [0, 2],
            Totals =
            [
                new BpfTotalField(Aggregation.Max, BpfTypeLayout.Of<uint>(), 0),
                new BpfTotalField(Aggregation.Sum, BpfTypeLayout.Of<uint>(), 4),
            ],
        };

        Assert.Equal(
            """
            query(context):
                0: r1 = map[0]
                2: r2 = element
                4: r3 = 0
                5: r4 = 0
                6: call ForEachElement
                7: r0 = 0
                8: exit
            element(map, key, value, context):
                9: r6 = r2
               10: r7 = r3
               11: r9 = map[1][0]
               13: r7 = r9
               14: r7 += 2112
               15: r3 = 0
               16: r2 = r6
               17: r1 = map[0]
               19: call LookupElementOfCpu
               20: if r0 == 0 goto L31
               21: r1 = *(u64 *)(r0 +0)
               22: *(u64 *)(r7 +0) = r1
               23: r1 = r6
               24: r2 = r7
               25: r3 = 2
               26: call add_cpu
               27: if r0 != 0 goto L31
               28: r1 = *(u64 *)(r9 +0)
               29: r1 += 1
               30: *(u64 *)(r9 +0) = r1
            L31:
               31: r0 = 0
               32: exit
            add_cpu(key, total, cpu):
               33: r7 = r2
               34: r2 = r1
               35: r1 = map[0]
               37: call LookupElementOfCpu
               38: if r0 == 0 goto L50
               39: r1 = *(u32 *)(r0 +0)
               40: r2 = *(u32 *)(r7 +0)
               41: if r2 >= r1 goto L43
               42: r2 = r1
            L43:
               43: *(u32 *)(r7 +0) = r2
               44: r1 = *(u32 *)(r0 +4)
               45: r2 = *(u32 *)(r7 +4)
               46: r2 += r1
               47: *(u32 *)(r7 +4) = r2
               48: r0 = 0
               49: exit
            L50:
               50: r0 = 1
               51: exit

            """,
            QuestionProgram.Write(target, new Question(QuestionKind.Count, Always.True)).ToString()
        );
    }

    [Fact]
    public void RejectedProgram_IsShownWithTheReasonOfTheVerifier()
    {
        Require.Kernel();
        CodeWriter code = new();
        code.BeginFunction(code.NewLabel(), "query", "context");
        code.Load(Register.R0, Register.R5, 0, sizeof(ulong));
        code.Exit();

        BpfException problem = Assert.ThrowsAny<BpfException>(() => LoadedProgram.Load(BpfHost.Kernel, code.Build(), [], "Loading a test"));

        Assert.Equal("BPF_PROG_LOAD", problem.Command);
        Assert.StartsWith("Loading a test failed: BPF_PROG_LOAD returned EACCES (13).", problem.Message, StringComparison.Ordinal);
        Assert.Contains("R5 !read_ok", problem.Message, StringComparison.Ordinal);
        Assert.Contains("0: r0 = *(u64 *)(r5 +0)", problem.Message, StringComparison.Ordinal);
    }
}
