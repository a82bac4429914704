using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Storage;
using ScheduledBots.Testing;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Tests.Diagnostics;

public sealed class NodeDirectoryTests
{
    // Mutant: ObservedStore.BeatAsync does not keep the nodes.
    [Fact]
    public void The_nodes_are_those_of_the_last_beat()
    {
        using var host = TestSchedulerHost.Start(builder => builder.Services.AddKeyedSingleton<IBotStore>(
            builder.Name, (services, _) => new ModelStore(services.GetRequiredService<TimeProvider>())));
        INodeDirectory directory = host.Services.GetRequiredKeyedService<INodeDirectory>("");

        host.RunFor(TimeSpan.FromSeconds(3));
        NodeRow before = Assert.Single(directory.Nodes);
        host.RunFor(TimeSpan.FromSeconds(3));
        NodeRow after = Assert.Single(directory.Nodes);

        Assert.Equal((before.Id, NodeStatus.Alive), (after.Id, after.Status));
        Assert.True(after.Beat > before.Beat && after.SeenAt > before.SeenAt, $"{before} then {after}");
    }

    [Fact]
    public void A_store_with_a_single_engine_tells_of_no_nodes()
    {
        using var host = TestSchedulerHost.Start();

        host.RunFor(TimeSpan.FromSeconds(3));

        Assert.Empty(host.Services.GetRequiredKeyedService<INodeDirectory>("").Nodes);
    }
}
