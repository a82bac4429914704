using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.AspNetCore.Tests.Page;

/// <summary>Several processes on one store, as the page of one of them shows them.</summary>
public sealed class SharedStoreStories
{
    private readonly ModelStore _store = new(TimeProvider.System);

    /// <summary>A front that runs no engine hears of nothing that the workers do, and reads it.</summary>
    // Mutant: PageModel.RunAsync reads once.
    [Fact]
    public async Task What_another_process_does_is_seen_too()
    {
        await using PageScope front = await PageScope.StartAsync(Shared(builder => builder.ScheduleOnly()));
        await using PageScope worker = await PageScope.StartAsync(Shared(_ => { }));
        var told = new List<string?>();
        Bot? bot = null;

        await foreach ((string name, JsonElement data) in front.Client.StreamAsync())
        {
            if (name == "overview")
            {
                bot ??= data.GetProperty("is_loading").GetBoolean() ? null : await worker.ScheduleAsync(null);
            }
            else
            {
                told.AddRange(data.GetProperty("bots").EnumerateArray().Select(one => one.GetProperty("state").GetString()));
            }

            if (told.Contains("joined"))
            {
                break;
            }
        }

        Assert.Equal("joined", told[^1]);
    }

    [Fact]
    public async Task An_operators_page_shows_the_nodes_and_their_beats()
    {
        await using PageScope one = await PageScope.StartAsync(Shared(_ => { }));
        await using PageScope other = await PageScope.StartAsync(Shared(_ => { }));

        JsonElement first = await one.Client.OverviewAsync(told => told.GetProperty("nodes").GetArrayLength() == 2);
        long[] before = Beats(first);
        JsonElement later = await one.Client.OverviewAsync(told => Beats(told).Zip(before).All(pair => pair.First > pair.Second));

        Assert.All(later.GetProperty("nodes").EnumerateArray(), node => Assert.Equal("alive", node.GetProperty("status").GetString()));
    }

    private static long[] Beats(JsonElement overview) =>
        [.. overview.GetProperty("nodes").EnumerateArray().OrderBy(node => node.GetProperty("id").GetString()).Select(node => node.GetProperty("beat").GetInt64())];

    private Service Shared(Action<IScheduledBotsBuilder> configure) => new()
    {
        GrantPage = page => page.AllowAnonymous(),
        Keep = builder =>
        {
            builder.Services.AddKeyedSingleton<IBotStore>(builder.Name, _store);
            configure(builder);
        },
    };
}
