namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>One database for all tests of this form.</summary>
[CollectionDefinition(PostgresStores.Collection)]
public sealed class PostgresDatabase : ICollectionFixture<PostgresStores>;
