namespace ScheduledBots.Testing;

/// <summary>What goes wrong with one call of a store.</summary>
public enum StoreFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The call throws and nothing was done.</summary>
    BeforeApply,

    /// <summary>The call throws although everything was done: the acknowledgement is lost.</summary>
    AfterApply,
}
