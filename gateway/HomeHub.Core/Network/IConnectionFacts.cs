namespace HomeHub.Core.Network;

/// <summary>Port: tells what is known of the hub's way to the care team. Cheap enough to be asked every few seconds by several who look; never fails.</summary>
public interface IConnectionFacts
{
    /// <summary>What is known now. Certificates are read anew, so that one that was replaced shows.</summary>
    ConnectionFacts Read();
}
