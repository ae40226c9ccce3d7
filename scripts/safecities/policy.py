"""What browsers may do with a page of the site and keep of it: stated once for pages and for servers.

Out: the Content-Security-Policy that every page carries itself (CSP 3), and the headers that a server adds to it.

``'self'`` is nearly all that a page needs, on the web and from a folder alike, though each engine understands it there
in its own way. Chromium takes it to mean any file on ``file://``, so scripts and styles of the folder load. Firefox
exempts what is loaded from ``file://`` from policies altogether; there the policy still stops inline scripts and
everything on the network, which are what a hostile text would need. Only the forms, which lead to the search page, need
``file:`` by name in Firefox; no page on the web can lead there. (Tried with Chromium 156 and Firefox 153; tests/browser
tries anew.)
"""

from collections.abc import Mapping

_SOURCES: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",  # no script of ours asks for anything; auditors (Lighthouse) ask a page for robots.txt
    "form-action": "'self' file:",
    "base-uri": "'none'",
}
_FRAMES = {"frame-ancestors": "'none'"}  # counts in a header only
_RELOADING = {"script-src": "'self' 'unsafe-inline'"}

_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb",
    "xr-spatial-tracking",
)


def _written(sources: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {accepted}" for name, accepted in sources.items())


PAGE = _written(_SOURCES)
"""The policy in a page's own ``<meta>``."""

PREVIEW = _written({**_SOURCES, **_RELOADING})
"""The policy of a page in the preview, into which MkDocs writes the script that reloads it."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _written({**_SOURCES, **_FRAMES}),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""The headers that a server should send with every file of the site."""

LASTING = ("assets", "search")
"""The folders of what pages share. Their files have lasting names, so a new edition must not come too late."""

LIFETIME = "public, max-age=600"
"""How long a browser may use such a file without asking again (RFC 9111). All others it asks for each time, which costs
an answer without a body while the page is the same."""

FRESH = "no-cache"
"""The same for pages and data."""
