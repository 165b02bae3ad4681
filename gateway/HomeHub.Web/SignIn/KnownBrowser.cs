using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.SignIn;

/// <summary>
/// Remembers, in a cookie that only the hub can write, that an account was signed in with this browser. It lets nobody in; it only keeps the wrong tries of others
/// from closing the door to this browser (docs/decisions/0040).
/// </summary>
internal sealed class KnownBrowser(IDataProtectionProvider protection)
{
    private const int NameOctets = 9;
    private static readonly TimeSpan Memory = TimeSpan.FromDays(400);

    private readonly IDataProtector _protector = protection.CreateProtector("HomeHub.KnownBrowser");

    /// <summary>Name under which a browser is counted for an account; null when the account was never signed in with it.</summary>
    public string? Find(HttpContext http, int account)
    {
        if (http.Request.Cookies[NameOf(account)] is not { } cookie)
        {
            return null;
        }

        try
        {
            string[] parts = _protector.Unprotect(cookie).Split(' ');
            return parts is [var of, var name] && of == account.ToString(CultureInfo.InvariantCulture) ? name : null;
        }
        catch (CryptographicException)
        {
            // Not of this hub, or of keys that are gone: any browser.
            return null;
        }
    }

    /// <summary>Remembers.</summary>
    public void Remember(HttpContext http, int account)
    {
        if (Find(http, account) is null)
        {
            string name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameOctets));
            http.Response.Cookies.Append(
                NameOf(account),
                _protector.Protect($"{account.ToString(CultureInfo.InvariantCulture)} {name}"),
                new CookieOptions { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = Memory });
        }
    }

    private static string NameOf(int account) => $"__Host-homehub-known-{account.ToString(CultureInfo.InvariantCulture)}";
}
