using System.Globalization;
using Quartz;

namespace ScheduledBots.Peers.Entrants;

/// <summary>What Quartz calls; its trigger's name is the index, and no number for a job that nobody counts.</summary>
public sealed class QuartzJob : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        Entry.Enter(int.TryParse(context.Trigger.Key.Name, CultureInfo.InvariantCulture, out int index) ? index : -1);
        return default;
    }
}
