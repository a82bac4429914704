namespace Docs;

/// <summary>What a machine is told.</summary>
/// <param name="IdempotencyKey">The machine carries out an order of one key once.</param>
/// <param name="Fence">The machine refuses an order whose fence is smaller than one it has seen.</param>
internal sealed record MachineOrder(string MeetingUrl, string Name, string IdempotencyKey, long Fence);
