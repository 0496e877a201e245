#!/usr/bin/env python3
"""Runs code of an app in every order of its storage operations, with the standard library alone.

    python3 every_order.py http://127.0.0.1:4300
"""
import json, sys, threading, urllib.request

URL = sys.argv[1].rstrip("/")


def send(method, path, body=None, headers={}):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, {"Content-Type": "application/json", **headers}, method=method)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.loads(response.read() or "null")


class Store:
    def __init__(self, api_key, actor):
        self.headers = {"Authorization": "Bearer " + api_key, "Stowage-Actor": actor}

    def call(self, operation, **arguments):
        return send("POST", "/v1/kvStore/" + operation, arguments, self.headers).get("result")


def every_order(actors):
    """Runs the actors in every order that can make a difference. Yields each as a table, with the store as it is then."""
    exploration = send("POST", "/_emulator/explorations", {"appId": "every-order", "actors": list(actors)})
    path = "/_emulator/explorations/%d" % exploration["explorationId"]

    def run(name, act, store):
        act(store)
        send("POST", "%s/actors/%s/end" % (path, name))

    while not (order := send("POST", path + "/orders"))["done"]:
        key = order["install"]["apiKey"]
        for name, act in actors.items():
            threading.Thread(target=run, args=(name, act, Store(key, name)), daemon=True).start()
        result = send("GET", path + "/result")
        if "problem" in result:
            sys.exit(result["problem"]["message"])
        yield result["columns"], Store(key, "check")


def visit(store):
    visits = store.call("get", key="visits").get("n", 0)
    store.call("put", key="visits", value={"n": visits + 1})


def visit_right(store):
    store.call("increment", key="visits", field="n")


for act in visit, visit_right:
    orders = [(table, store.call("get", key="visits")) for table, store in every_order({"ann": act, "bob": act})]
    lost = [table for table, record in orders if record != {"n": 2}]
    print("%s: %d orders, a visit is lost in %d" % (act.__name__, len(orders), len(lost)), *lost[:1], sep="\n")
