using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace Docs;

internal sealed class MachineAllocator(IMachineCloud cloud) : IResourceAllocator
{
    public async Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken)
    {
        string machine = $"bot-{bot.Id}-{fence}"; // never the bot alone: two machines of one bot can exist for a moment
        try
        {
            await cloud.StartAsync(machine, cancellationToken);
            return new Allocation(handle: machine, isPortable: true);
        }
        catch
        {
            await cloud.DeleteAsync(machine, CancellationToken.None); // what was not returned, nobody else knows of
            throw;
        }
    }

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) =>
        cloud.DeleteAsync(allocation.Handle, cancellationToken);

    public async Task<Allocation> AttachAsync(Bot bot, string handle, Fence fence, CancellationToken cancellationToken)
    {
        await cloud.RaiseFenceAsync(handle, fence.Value, cancellationToken); // the dead node may only have been slow
        return new Allocation(handle, isPortable: true);
    }
}
