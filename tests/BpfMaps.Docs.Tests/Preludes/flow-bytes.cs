ReadOnlySpan<byte> key = [10, 0, 0, 1, 1, 187, 0, 0];
