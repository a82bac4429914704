using Microsoft.Extensions.DependencyInjection;

namespace ScheduledBots.Testing.Virtual;

/// <summary>Puts something around a service that is registered already.</summary>
internal static class ServiceDecoration
{
    /// <summary>Replaces the registration in force by one that wraps what it makes. Where that made an instance, the container still disposes it.</summary>
    public static void Decorate<T>(this IServiceCollection services, string key, Func<T, T> wrap)
        where T : class
    {
        ServiceDescriptor registered = services.Last(service => service.ServiceType == typeof(T) && Equals(service.ServiceKey, key));
        services.Remove(registered);

        // Under a key of its own, so that the container makes, keeps and disposes it as it would have.
        var inner = new object();
        services.Add(Rekeyed(registered, inner));
        services.AddKeyedSingleton(key, (provider, _) => wrap(provider.GetRequiredKeyedService<T>(inner)));
    }

    private static ServiceDescriptor Rekeyed(ServiceDescriptor registered, object key) =>
        registered.KeyedImplementationInstance is { } instance ? new ServiceDescriptor(registered.ServiceType, key, instance)
        : registered.KeyedImplementationFactory is { } make ? new ServiceDescriptor(registered.ServiceType, key, (provider, _) => make(provider, registered.ServiceKey), registered.Lifetime)
        : new ServiceDescriptor(registered.ServiceType, key, registered.KeyedImplementationType!, registered.Lifetime);
}
