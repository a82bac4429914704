using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ScheduledBots.AspNetCore.Tests.Fuzz;

/// <summary>Random requests, from right to hopeless, at all calls, over HTTP; afterwards every bot that was accepted is read one by one and in the list.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int ClientCount = 8;
    private const int DefaultRequestCount = 24_000;
    private const string CountVariable = "SCHEDULEDBOTS_FUZZ_COUNT";
    private const string SeedVariable = "SCHEDULEDBOTS_FUZZ_SEED";

    /// <summary>What must have been met, or the requests were not the ones that are meant.</summary>
    private static readonly string[] Wanted =
    [
        "POST 201", "POST 200", "POST 400", "POST 409", "POST 413", "POST 415", "PATCH 200", "PATCH 400", "PATCH 404", "PATCH 409", "PATCH 415",
        "PATCH 412", "GET 200", "GET 304", "GET 400", "GET 404", "DELETE 200", "DELETE 404", "DELETE 409", "DELETE 412", "PUT 405",
    ];

    // Mutant: MetadataText.Read returns the raw text of the element without a look at its strings.
    [Fact]
    public Task No_request_is_a_fault_every_refusal_is_a_problem_and_every_accepted_bot_can_be_read() => RunAsync(new Service(), ClientCount, Count);

    // The file waits for the disk, so fewer requests find what a column cannot keep; and from one caller, because several on a slow disk
    // would find out how long a database may take, which is another question (503).
    [Fact]
    public async Task Neither_is_one_where_bots_are_kept_in_a_database()
    {
        string folder = Directory.CreateTempSubdirectory("fuzz").FullName;
        try
        {
            string file = $"Data Source={Path.Combine(folder, "bots.db")};Default Timeout=60";
            await RunAsync(new Service { Keep = builder => builder.UseEfCoreStorage(options => options.UseSqlite(file)) }, 1, Count / 16);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Count =>
        Environment.GetEnvironmentVariable(CountVariable) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : DefaultRequestCount;

    private async Task RunAsync(Service service, int clientCount, int count)
    {
        await service.InitializeAsync();
        try
        {
            await RunAllAsync(service, clientCount, count);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    private async Task RunAllAsync(Service service, int clientCount, int count)
    {
        int seed = Environment.GetEnvironmentVariable(SeedVariable) is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next(1_000_000) * 100;
        string replay = $"replay with {SeedVariable}={seed}";
        output.WriteLine(replay);
        FuzzClient[] clients = [.. Enumerable.Range(0, clientCount).Select(index => new FuzzClient(service, seed + index))];

        try
        {
            await Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(count / clientCount))));
            foreach (string id in clients.SelectMany(client => client.Accepted))
            {
                Answer read = await service.GetAsync(id);
                Assert.True(read.Status == HttpStatusCode.OK && read.Id == id, $"bot {id} was accepted and cannot be read: {read}");
            }

            Assert.Subset(await ListAsync(service), clients.SelectMany(client => client.Accepted).ToHashSet());
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{replay}: {error.Message}", error);
        }

        Dictionary<string, int> seen = clients.SelectMany(client => client.Seen).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        output.WriteLine(string.Join(", ", seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.Empty(service.Errors);
        if (count >= DefaultRequestCount)
        {
            Assert.Empty(Wanted.Except(seen.Keys)); // fewer need not meet all
        }
    }

    private static async Task<HashSet<string>> ListAsync(Service service)
    {
        HashSet<string> ids = [];
        string? cursor = null;
        do
        {
            string more = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            Answer page = await service.SendAsync(HttpMethod.Get, $"/api/v1/bots?limit=500{more}");
            Assert.True(page.Status == HttpStatusCode.OK, $"a page that cannot be read: {page}");
            ids.UnionWith(page.Member("bots")!.Value.EnumerateArray().Select(bot => bot.GetProperty("id").GetString()!));
            cursor = page.Text("next_cursor");
        }
        while (cursor is not null);
        return ids;
    }
}
