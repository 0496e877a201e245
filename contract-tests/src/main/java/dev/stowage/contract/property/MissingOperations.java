package dev.stowage.contract.property;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The operations that the backend does not implement, as found during a run. Thread-safe. */
public final class MissingOperations {

    private static final Set<String> BASE_OPERATIONS = Set.of("get", "put", "patch", "delete", "exists");

    private record Operation(StoreName store, String name) {}

    private final Map<Operation, Boolean> implemented = new ConcurrentHashMap<>();
    private final AtomicInteger probes = new AtomicInteger();

    /** True if the call's operation is known to be missing. */
    boolean contains(Call call) {
        return Boolean.FALSE.equals(implemented.get(operation(call)));
    }

    private static Operation operation(Call call) {
        return new Operation(call.store(), call.operation());
    }

    /**
     * Decides whether a refused call means that its operation is missing: repeats the call once on a record that exists, so that a
     * refusal of a missing record or of a key is not mistaken for it.
     */
    boolean probe(Client client, Call call) {
        return !implemented.computeIfAbsent(operation(call), operation -> isImplemented(client, call));
    }

    private boolean isImplemented(Client client, Call call) {
        String key = "ct-probe-" + Long.toString(System.nanoTime(), 36) + "-" + probes.incrementAndGet();
        try {
            createRecord(client, call.store(), key);
            Response again = client.call(call.with("key", key));
            client.call(Call.of(call.store(), "delete", "key", key));
            return !again.mayBeNotImplemented();
        } catch (NoResponseException | NotCheckableException unknown) {
            return true;
        }
    }

    /** By the first operation that works. */
    private static void createRecord(Client client, StoreName store, String key) {
        for (String operation : List.of("put", "patch")) {
            if (!client.call(Call.of(store, operation, "key", key, "value", SuiteValues.hash("n", 1)))
                    .isRefused()) {
                return;
            }
        }
        if (store.isKeyValue()) {
            client.call(Call.of(store, "increment", "key", key, "field", "n"));
        }
    }

    /** The number of missing operations, counted by store. */
    public int count() {
        return (int) implemented.values().stream().filter(is -> !is).count();
    }

    /** {@code incrementMulti} if it is missing in each store that should have it, else {@code kvStore.incrementMulti}. */
    public List<String> names() {
        Map<String, Set<StoreName>> stores = new TreeMap<>();
        implemented.forEach((operation, is) -> {
            if (!is) {
                stores.computeIfAbsent(operation.name(), name -> new TreeSet<>())
                        .add(operation.store());
            }
        });
        List<String> names = new ArrayList<>();
        stores.forEach((name, missing) -> {
            if (missing.size() == (BASE_OPERATIONS.contains(name) ? 4 : 2)) {
                names.add(name);
            } else {
                missing.forEach(store -> names.add(store + "." + name));
            }
        });
        return names;
    }
}
