namespace HomeHub.Mosquitto;

/// <summary>MQTT quality of service. Exactly once is not offered: at least once and a receiver that knows duplicates do the same for less.</summary>
public enum MosquittoQos
{
    /// <summary>QoS 0.</summary>
    AtMostOnce = 0,

    /// <summary>QoS 1: acknowledged by PUBACK.</summary>
    AtLeastOnce = 1,
}
