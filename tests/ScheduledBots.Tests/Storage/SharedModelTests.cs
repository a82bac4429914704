using Microsoft.Extensions.Time.Testing;
using ScheduledBots.Storage;
using ScheduledBots.Testing.Conformance;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Tests.Storage;

/// <summary>The model of a store that engines share passes the suites that every such store has to pass.</summary>
public static class SharedModelTests
{
    public sealed class Arm : ArmSuite
    {
        protected override Task<IBotStore> CreateStoreAsync() => NewAsync();
    }

    public sealed class Change : ChangeSuite
    {
        protected override Task<IBotStore> CreateStoreAsync() => NewAsync();
    }

    public sealed class Claim : ClaimSuite
    {
        protected override Task<IBotStore> CreateStoreAsync() => NewAsync();
    }

    public sealed class Commit : CommitSuite
    {
        protected override Task<IBotStore> CreateStoreAsync() => NewAsync();
    }

    public sealed class Insert : InsertSuite
    {
        protected override Task<IBotStore> CreateStoreAsync() => NewAsync();
    }

    public sealed class List : ListSuite
    {
        protected override Task<IBotStore> CreateStoreAsync() => NewAsync();
    }

    public sealed class Node : NodeSuite
    {
        protected override Task<IBotStore> CreateStoreAsync() => NewAsync();
    }

    public sealed class Prune : PruneSuite
    {
        protected override Task<IBotStore> CreateStoreAsync() => NewAsync();
    }

    public sealed class Race : RaceSuite
    {
        protected override Task<IBotStore> CreateStoreAsync() => NewAsync();
    }

    private static Task<IBotStore> NewAsync() => Task.FromResult<IBotStore>(new ModelStore(new FakeTimeProvider()));
}
