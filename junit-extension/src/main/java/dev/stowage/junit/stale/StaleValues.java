package dev.stowage.junit.stale;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.junit.scope.CallOrigin;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looks for stale caches: a value that an install held in its secrets or settings, and that its successor uses without
 * having been given it. An install is given what its stores answer, what a vendor answers it, what the test writes with its
 * own hand ({@code Install.storage()}), and, since a user fills in the form again, what goes from settings into settings.
 * What an install in another account holds as well is nobody's own, and left out.
 */
public final class StaleValues implements Watcher {

    private final Set<Object> known;
    private final Map<Long, Life> lives = new LinkedHashMap<>();
    private final Map<Object, StaleValue> findings = new LinkedHashMap<>();

    /** @param known constants of the app, which mean nothing when they are seen again */
    public StaleValues(Collection<?> known) {
        this.known = Set.copyOf(known);
    }

    @Override
    public synchronized void installed(long installId, String trackerId) {
        lives.put(installId, new Life(installId, trackerId));
    }

    @Override
    public synchronized void done(Call call, Supplier<Optional<Reply>> answer) {
        if (call.installId().isEmpty()) {
            return;
        }
        Life life = lives.get(call.installId().getAsLong());
        if (life != null) {
            boolean isOfTheApp = CallOrigin.isAppCall(call);
            if (isOfTheApp) {
                lookAt(call, life);
            }
            remember(call, life, isOfTheApp);
            answer.get().ifPresent(reply -> learn(call, reply, life));
        }
    }

    private void lookAt(Call call, Life life) {
        if (call.operation().isRead()) {
            return;
        }
        Map<Object, ValueLocation> stale = staleFor(life);
        ValueWalker.each(
                ValueWalker.written(call.operation()),
                (field, value) -> stale.forEach((old, valueLocation) -> {
                    boolean isTheForm =
                            valueLocation.store() == StoreName.SETTINGS && call.store() == StoreName.SETTINGS;
                    if (!isTheForm && isIn(value, old)) {
                        found(old, valueLocation, life, "wrote it with " + name(call) + ", field '" + field + "'");
                    }
                }));
        stale.forEach((old, valueLocation) -> {
            if (SignificantValues.holds(call.operation().key(), old)) {
                found(
                        old,
                        valueLocation,
                        life,
                        "made it part of the key of " + call.store() + "."
                                + call.operation().name());
            }
        });
    }

    private static String name(Call call) {
        return call.store() + "." + call.operation().name() + " of '"
                + call.operation().key() + "'";
    }

    private static boolean isIn(Object value, Object old) {
        return value instanceof String text ? SignificantValues.holds(text, old) : value.equals(old);
    }

    private void remember(Call call, Life life, boolean isOfTheApp) {
        Hash written = ValueWalker.written(call.operation());
        ValueWalker.each(written, (field, value) -> {
            hold(call, life, field, value);
            if (!isOfTheApp || call.store() == StoreName.SETTINGS) {
                life.given.add(value);
            }
        });
    }

    private void learn(Call call, Reply reply, Life life) {
        ValueWalker.each(reply.result(), (field, value) -> {
            life.given.add(value);
            if (call.operation() instanceof Operation.Get) {
                hold(call, life, field, value);
            }
        });
    }

    private void hold(Call call, Life life, String field, Object value) {
        if (!call.store().isKeyValue() && SignificantValues.isSignificant(value) && !known.contains(value)) {
            life.held.putIfAbsent(
                    value,
                    new ValueLocation(
                            life.installId, call.store(), call.operation().key(), field));
        }
    }

    /**
     * A request has reached a vendor's stub.
     *
     * @param what the texts it carried, by where they stood in it
     */
    public synchronized void requested(String request, Map<String, String> what) {
        current()
                .forEach(life -> staleFor(life)
                        .forEach((old, valueLocation) -> what.entrySet().stream()
                                .filter(part -> SignificantValues.holds(part.getValue(), old))
                                .findFirst()
                                .ifPresent(part -> found(
                                        old,
                                        valueLocation,
                                        life,
                                        "sent it out with its request " + request + ", " + part.getKey()))));
    }

    /** A vendor's stub has answered: what its answer says, the app may know. */
    public synchronized void answered(String text) {
        current()
                .forEach(life -> staleFor(life).keySet().stream()
                        .filter(old -> SignificantValues.holds(text, old))
                        .toList()
                        .forEach(life.given::add));
    }

    private Collection<Life> current() {
        Map<String, Life> latest = new HashMap<>();
        lives.values().forEach(life -> latest.put(life.trackerId, life));
        return latest.values();
    }

    /** What the installs before this one held, and this one has not been given. */
    private Map<Object, ValueLocation> staleFor(Life life) {
        Map<Object, ValueLocation> stale = new LinkedHashMap<>();
        for (Life other : lives.values()) {
            if (other.trackerId.equals(life.trackerId) && other.installId < life.installId) {
                stale.putAll(other.held);
            }
        }
        stale.keySet().removeAll(life.given);
        lives.values().stream()
                .filter(other -> !other.trackerId.equals(life.trackerId))
                .forEach(other -> stale.keySet().removeAll(other.held.keySet()));
        return stale;
    }

    private void found(Object value, ValueLocation valueLocation, Life life, String where) {
        findings.putIfAbsent(
                value, new StaleValue(SignificantValues.masked(value), valueLocation, life.installId, where));
    }

    /** What was found so far, one line of evidence for each value. */
    public synchronized List<StaleValue> findings() {
        return new ArrayList<>(findings.values());
    }

    /** What one install held, and what it was given. */
    private static final class Life {

        private final long installId;
        private final String trackerId;
        private final Map<Object, ValueLocation> held = new LinkedHashMap<>();
        private final Set<Object> given = new HashSet<>();

        Life(long installId, String trackerId) {
            this.installId = installId;
            this.trackerId = trackerId;
        }
    }
}
