namespace ScheduledBots.Peers.Entrants;

public interface IOrleansBot : IGrainWithIntegerKey;
