"""The container's health check: does the web process answer for one of its own host names?"""

import os
import sys
import urllib.request

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
try:
    urllib.request.urlopen(request, timeout=4).close()
except OSError as error:  # no answer, or an answer that is an error
    sys.exit(f"not healthy: {error}")
