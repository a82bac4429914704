using System.Globalization;
using System.Net;
using Xunit.Abstractions;

namespace ScheduledBots.AspNetCore.Tests.Fuzz;

/// <summary>Random requests, from right to hopeless, at all four verbs, over HTTP.</summary>
public sealed class FuzzTests(Service service, ITestOutputHelper output) : IClassFixture<Service>
{
    private const int ClientCount = 8;
    private const int RequestsPerClient = 3_000;
    private const string SeedVariable = "SCHEDULEDBOTS_FUZZ_SEED";

    /// <summary>What must have been met, or the requests were not the ones that are meant.</summary>
    private static readonly string[] Wanted =
    [
        "POST 201", "POST 200", "POST 400", "POST 409", "POST 413", "POST 415", "PATCH 200", "PATCH 400", "PATCH 404", "PATCH 409", "PATCH 415",
        "GET 200", "GET 404", "DELETE 200", "DELETE 404", "DELETE 409", "PUT 405",
    ];

    // Mutant: MetadataText.Read returns the raw text of the element without a look at its strings.
    [Fact]
    public async Task No_request_is_a_fault_every_refusal_is_a_problem_and_every_accepted_bot_can_be_read()
    {
        int seed = Environment.GetEnvironmentVariable(SeedVariable) is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next(1_000_000) * 100;
        string replay = $"replay with {SeedVariable}={seed}";
        output.WriteLine(replay);
        FuzzClient[] clients = [.. Enumerable.Range(0, ClientCount).Select(index => new FuzzClient(service, seed + index))];

        try
        {
            await Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(RequestsPerClient))));
            foreach (string id in clients.SelectMany(client => client.Accepted))
            {
                Answer read = await service.GetAsync(id);
                Assert.True(read.Status == HttpStatusCode.OK && read.Id == id, $"bot {id} was accepted and cannot be read: {read}");
            }
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{replay}: {error.Message}", error);
        }

        Dictionary<string, int> seen = clients.SelectMany(client => client.Seen).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        output.WriteLine(string.Join(", ", seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.Empty(service.Errors);
        Assert.Empty(Wanted.Except(seen.Keys));
    }
}
