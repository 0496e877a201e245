#!/usr/bin/env python3
"""Runs actors in every order of their storage operations, with the standard library alone.

    python3 every_order.py http://127.0.0.1:4300
"""
import itertools, json, sys, threading, time, urllib.request

URL = sys.argv[1].rstrip("/")
NUMBERS = itertools.count(1)


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


def run(actors, schedule):
    """Runs the actors once, in the order of the schedule and then by name. Returns who went when, with the choices, and the record."""
    app = "every-order-%d-%d" % (time.time_ns(), next(NUMBERS))
    key = send("POST", "/_emulator/installs", {"appId": app})["apiKey"]
    hold = "/_emulator/holds/%d" % send("POST", "/_emulator/holds?appId=" + app, {})["holdId"]
    threads = {name: threading.Thread(target=act, args=(Store(key, name),)) for name, act in actors.items()}
    for thread in threads.values():
        thread.start()
    order = []
    while True:
        waiting = {held["client"]: held["operationId"] for held in send("GET", hold)["waiting"]}
        alive = sorted(name for name, thread in threads.items() if thread.is_alive())
        if not all(name in waiting for name in alive):
            continue  # An actor is on its way to its next operation, or to its end.
        if not alive:
            break
        name = schedule[len(order)] if len(order) < len(schedule) else alive[0]
        order.append((name, alive))
        send("POST", hold + "/release", {"operationId": waiting[name]})
    send("DELETE", hold)
    return order, Store(key, "the end").call("get", key="visits")


def every_order(actors):
    schedule = []
    while schedule is not None:
        order, record = run(actors, schedule)
        names = [name for name, _ in order]
        yield " ".join(names), record
        schedule = None
        for at in reversed(range(len(order))):
            later = [name for name in order[at][1] if name > names[at]]
            if later:
                schedule = names[:at] + later[:1]
                break


def visit(store):
    visits = store.call("get", key="visits").get("n", 0)
    store.call("put", key="visits", value={"n": visits + 1})


def visit_right(store):
    store.call("increment", key="visits", field="n")


for act in visit, visit_right:
    orders = list(every_order({"ann": act, "bob": act}))
    lost = [order for order, record in orders if record != {"n": 2}]
    print("%s: %d orders, a visit is lost in %d" % (act.__name__, len(orders), len(lost)))
    for order in lost:
        print("   ", order)
