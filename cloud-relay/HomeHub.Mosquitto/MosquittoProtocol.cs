namespace HomeHub.Mosquitto;

/// <summary>A version of MQTT.</summary>
public enum MosquittoProtocol
{
    /// <summary>MQTT 5.0.</summary>
    Mqtt5,

    /// <summary>MQTT 3.1.1.</summary>
    Mqtt311,
}
