FlowStats.Key key = new() { Address = 0x0a000001, Port = 443 };
FlowStats value = new() { Packets = 1, Bytes = 1500 };
