using FlowStatsMap flows = FlowStatsMap.Create();
