namespace ScheduledBots.Storage.EfCore.Tests.Portable;

/// <summary>One database for all tests of this form.</summary>
[CollectionDefinition(PortableStores.Collection)]
public sealed class PortableDatabase : ICollectionFixture<PortableStores>;
