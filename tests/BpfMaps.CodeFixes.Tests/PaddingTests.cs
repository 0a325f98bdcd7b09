using BpfMaps.CodeFixes.Layout;
using BpfMaps.CodeFixes.Tests.Harness;

namespace BpfMaps.CodeFixes.Tests;

/// <summary>Bytes of keys and values that belong to no field.</summary>
public sealed class PaddingTests
{
    [Fact]
    public Task GapsOfKeyAndValue_BecomeFields() => Fix.Verify<PaddingFixProvider>(
        """
        [BpfMap(Type = Hash)]
        public struct {|BPFMAP027:Flow|}
        {
            public struct {|BPFMAP026:Key|}
            {
                public uint Address; // of the source
                public byte Protocol;
            }

            public byte State;

            /// <summary>How many.</summary>
            public ulong Count;
            public ushort Port, Other;
        }
        """,
        """
        [BpfMap(Type = Hash)]
        [StructLayout(LayoutKind.Sequential)]
        public struct Flow
        {
            [StructLayout(LayoutKind.Sequential)]
            public struct Key
            {
                public uint Address; // of the source
                public byte Protocol;
                private byte _pad0;
                private ushort _pad1;
            }

            public byte State;
            private byte _pad0;
            private ushort _pad1;
            private uint _pad2;

            /// <summary>How many.</summary>
            public ulong Count;
            public ushort Port, Other;
            private uint _pad3;
        }
        """);
}
