"""Does the web server answer?"""

import http.client


def is_healthy(host: str, port: int) -> bool:
    """Whether /healthz of the server at this address answers 200."""
    client = http.client.HTTPConnection(host, port, timeout=5)
    try:
        client.request("GET", "/healthz")
        return client.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()
