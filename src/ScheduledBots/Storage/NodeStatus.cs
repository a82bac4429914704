namespace ScheduledBots.Storage;

/// <summary>Where a node is in its life. The numbers are what stores keep; they never change.</summary>
public enum NodeStatus
{
    /// <summary>It beats; it claims, arms and adopts.</summary>
    Alive = 0,

    /// <summary>It beats and arms what is about to join, but takes nothing new.</summary>
    Draining = 1,

    /// <summary>Another node saw it silent for too long. It never comes back: its process goes on under a new id.</summary>
    Dead = 2,

    /// <summary>It drained and ended.</summary>
    Left = 3,
}
