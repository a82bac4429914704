using System.Globalization;
using Orleans.DurableJobs;

namespace ScheduledBots.Peers.Entrants;

/// <summary>The grain that a durable job calls.</summary>
public sealed class OrleansBot : Grain, IOrleansBot, IDurableJobHandler
{
    public Task ExecuteJobAsync(IJobRunContext context, CancellationToken attemptCancellationToken)
    {
        Entry.Enter(int.Parse(context.Job.Name, CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}
