namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

/// <summary>One database for all tests of this form.</summary>
[CollectionDefinition(SqliteStores.Collection)]
public sealed class SqliteDatabase : ICollectionFixture<SqliteStores>;
