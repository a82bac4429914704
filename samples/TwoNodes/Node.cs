using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TwoNodes;

/// <summary>A node: a process with an engine. To have more of them is to start more of them; they find each other in the database.</summary>
internal static class Node
{
    public static async Task<int> RunAsync(string name, string connection)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddBots(connection, name)
            .UseResourceAllocator<DemoAllocator>()
            .UseMeetingJoiner<DemoJoiner>()
            .AddObserver<Teller>();
        using IHost host = builder.Build();
        await host.StartAsync();
        Words.Say(Words.Ready);

        // Until the process that started it lets it go, or is gone itself.
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
        return 0;
    }
}
