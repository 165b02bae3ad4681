using System.Security.Cryptography;
using System.Text;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Fhir.Writing;

namespace HomeHub.Fhir.Identity;

/// <summary>What is always the same where a Device occurs (a personal health device or the hub itself), as JSON.</summary>
internal sealed class DeviceFragment
{
    private DeviceFragment(Guid id, string identityHex, byte[] json, string query)
    {
        Id = id;
        IdentityHex = Encoding.ASCII.GetBytes(identityHex);
        Json = json;
        byte[] reference = [.. "{\"reference\":\"urn:uuid:"u8, .. Encoding.ASCII.GetBytes(id.ToString()), .. "\"}"u8];
        Device = [.. ",\"device\":"u8, .. reference];
        Subject = [.. ",\"subject\":"u8, .. reference];
        GatewayExtension =
        [
            .. ",\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/observation-gatewayDevice\",\"valueReference\":"u8,
            .. reference, .. "}"u8,
        ];
        Request =
        [
            .. "\"request\":{\"method\":\"POST\",\"url\":\"Device\",\"ifNoneExist\":\""u8, .. JsonBuffer.Escape(query), .. "\"}"u8,
        ];
        Entry = new DeviceEntry(id, Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16)));
    }

    /// <summary>UUID of the Device.</summary>
    public Guid Id { get; }

    /// <summary>Its part of a conditional-create identifier: 16 or 12 hex digits.</summary>
    public byte[] IdentityHex { get; }

    /// <summary>The Device resource.</summary>
    public byte[] Json { get; }

    /// <summary>The request of its entry.</summary>
    public byte[] Request { get; }

    /// <summary><c>,"device":{…}</c>.</summary>
    public byte[] Device { get; }

    /// <summary><c>,"subject":{…}</c>.</summary>
    public byte[] Subject { get; }

    /// <summary><c>,"extension":[{…}</c>, still open, as the gateway.</summary>
    public byte[] GatewayExtension { get; }

    /// <summary>UUID and digest of the content.</summary>
    public DeviceEntry Entry { get; }

    /// <summary>The hub: personal health gateway.</summary>
    public static DeviceFragment OfHub(HubIdentity hub, string softwareVersion)
    {
        string systemId = DeviceWriter.Dashed(hub.SystemId);
        return new DeviceFragment(
            NameUuid.Create(hub.Id, "phg"u8),
            hub.SystemId,
            DeviceWriter.WriteGateway(hub, softwareVersion),
            QueryText.Identifier(Systems.SystemId, systemId));
    }

    /// <summary>A personal health device.</summary>
    public static DeviceFragment Of(Guid space, DeviceDescriptor device)
    {
        Guid id = NameUuid.Create(space, Encoding.ASCII.GetBytes("device" + device.IdentityHex));
        return new DeviceFragment(id, device.IdentityHex, DeviceWriter.Write(device, id), QueryOf(device, id));
    }

    private static string QueryOf(DeviceDescriptor device, Guid id)
    {
        if (device.Information.SystemId is { } systemId)
        {
            return QueryText.Identifier(Systems.SystemId, DeviceWriter.Dashed(systemId));
        }

        return device.HasStableAddress
            ? QueryText.Identifier(Systems.BluetoothAddress, DeviceWriter.Dashed(device.IdentityHex))
            : QueryText.Identifier("urn:ietf:rfc:3986", $"urn:uuid:{id}");
    }
}
