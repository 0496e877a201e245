#!/usr/bin/env python3
"""Two clients count the same visits with a get and a put, and lose some. With the standard library alone.

    python3 visits.py http://127.0.0.1:4300 API_KEY
"""
import json, sys, threading, urllib.error, urllib.request

URL, KEY = sys.argv[1].rstrip("/"), sys.argv[2]
VISITS = 10


def call(client, operation, **arguments):
    headers = {"Authorization": "Bearer " + KEY, "Stowage-Actor": client, "Content-Type": "application/json"}
    request = urllib.request.Request(URL + "/v1/kvStore/" + operation, json.dumps(arguments).encode(), headers)
    with urllib.request.urlopen(request, timeout=600) as response:
        return json.loads(response.read())["result"]


def count_visits(client):
    for _ in range(VISITS):
        visits = call(client, "get", key="visits").get("n", 0)
        call(client, "put", key="visits", value={"n": visits + 1})


try:
    call("ann", "exists", key="visits")
except urllib.error.HTTPError as refused:
    sys.exit(json.loads(refused.read())["detail"])
clients = [threading.Thread(target=count_visits, args=(name,)) for name in ("ann", "bob")]
for client in clients:
    client.start()
for client in clients:
    client.join()
print("Counted %d visits, stored %d." % (2 * VISITS, call("ann", "get", key="visits")["n"]))
