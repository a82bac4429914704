using ScheduledBots.Storage;
using ScheduledBots.Testing.Conformance;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Testing.Tests;

/// <summary>The model is held to the suites it helps to judge by, and the faulty store, while it has no fault, to the model.</summary>
public sealed class ModelStoreTests
{
    [Fact]
    public void Every_suite_judges_the_model() => Assert.Empty(ConformanceSuites.MissingFrom(typeof(ModelStoreTests).Assembly.GetTypes()));
}

public sealed class ModelStoreArmTests : ArmSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore());
}

public sealed class ModelStoreChangeTests : ChangeSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore());
}

public sealed class ModelStoreClaimTests : ClaimSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore());
}

public sealed class ModelStoreCommitTests : CommitSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore());
}

public sealed class ModelStoreInsertTests : InsertSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore());
}

public sealed class ModelStoreListTests : ListSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore());
}

public sealed class ModelStorePruneTests : PruneSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore());
}

public sealed class ModelStoreRaceTests : RaceSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore());
}

public sealed class ModelStoreNodeTests : NodeSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore());
}

public sealed class SharedModelStoreTests : ModelSuite
{
    protected override int HistoryCount => 500;

    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new ModelStore(TimeProvider.System));
}

public sealed class FaultyStoreModelTests : ModelSuite
{
    protected override int HistoryCount => 200;

    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(new FaultyStore(new ModelStore(), TimeProvider.System));
}
