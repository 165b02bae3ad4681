using System.Text.Json;
using System.Text.Json.Serialization;
using HomeHub.Core.Identity;

namespace HomeHub.Simulation.Household;

/// <summary><c>public</c> and <c>random</c>.</summary>
internal sealed class AddressTypeConverter() : JsonStringEnumConverter<AddressType>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
