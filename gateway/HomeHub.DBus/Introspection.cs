using System.Security;
using System.Text;

namespace HomeHub.DBus;

/// <summary>The description that <c>busctl introspect</c> and the like read.</summary>
internal static class Introspection
{
    public static string Describe(DBusObject shown)
    {
        var xml = new StringBuilder("<node>");
        foreach (DBusInterface offered in shown.Interfaces)
        {
            xml.Append("<interface name=\"").Append(SecurityElement.Escape(offered.Name)).Append("\">");
            foreach (DBusMethod method in offered.Methods)
            {
                xml.Append("<method name=\"").Append(SecurityElement.Escape(method.Name)).Append("\">");
                AppendArguments(xml, method.Takes, "in");
                AppendArguments(xml, method.Gives, "out");
                xml.Append("</method>");
            }

            foreach (DBusProperty property in offered.Properties)
            {
                xml.Append("<property name=\"").Append(SecurityElement.Escape(property.Name)).Append("\" type=\"").Append(property.Type)
                    .Append("\" access=\"").Append(property.Set is null ? "read" : "readwrite").Append("\"/>");
            }

            xml.Append("</interface>");
        }

        return xml.Append("</node>").ToString();
    }

    private static void AppendArguments(StringBuilder xml, string signature, string direction)
    {
        foreach (string type in Signatures.Split(signature))
        {
            xml.Append("<arg type=\"").Append(type).Append("\" direction=\"").Append(direction).Append("\"/>");
        }
    }
}
