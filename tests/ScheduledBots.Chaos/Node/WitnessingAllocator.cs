using ScheduledBots.Chaos.Judging;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Chaos.Node;

/// <summary>Allocates nothing but time, and says what it did.</summary>
internal sealed class WitnessingAllocator(NodeSetup setup, Witness witness, Crash crash) : IResourceAllocator
{
    public async Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken)
    {
        crash.At(CrashPoint.InAllocator);
        await WorkAsync(bot, cancellationToken);
        var allocation = new Allocation("room of " + bot.Id, isPortable: Chance.Percent(bot.Id) < setup.PortablePercent);
        witness.Write(allocation.IsPortable ? WitnessKind.AllocatedPortable : WitnessKind.Allocated, bot, fence);
        return allocation;
    }

    public async Task<Allocation> AttachAsync(Bot bot, string handle, Fence fence, CancellationToken cancellationToken)
    {
        await WorkAsync(bot, cancellationToken);
        witness.Write(WitnessKind.Attached, bot, fence);
        return new Allocation(handle, isPortable: true);
    }

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken)
    {
        witness.Write(WitnessKind.Released, bot, fence);
        return Task.CompletedTask;
    }

    private Task WorkAsync(Bot bot, CancellationToken cancellationToken)
    {
        TimeSpan duration = Chance.PartOf(setup.MaxAllocationMilliseconds, bot.Id);
        return duration > TimeSpan.Zero ? Task.Delay(duration, cancellationToken) : Task.CompletedTask;
    }
}
