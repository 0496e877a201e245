package dev.stowage.emulator.stale;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallOrigin;
import dev.stowage.emulator.watch.Watcher;
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
import java.util.stream.Collectors;

/**
 * Detects stale caches: the app uses a value that an install held in secrets or settings, in a later install that has not
 * received it. An install <em>receives</em> a value
 *
 * <ul>
 *   <li>from a result of its own stores;
 *   <li>from a response of a watched stub;
 *   <li>from a test call ({@code Install.storage()}) that writes it;
 *   <li>from a write to settings, if the old install held it in settings: users enter the same settings again.
 * </ul>
 *
 * <p>Values that an install in another account also holds are ignored.
 */
public final class StaleValues implements Watcher {

    private final Set<Object> known;
    private final Map<Long, InstallValues> installs = new LinkedHashMap<>();
    private final Map<Object, StaleValue> findings = new LinkedHashMap<>();

    /** @param known constants of the app, which are never reported */
    public StaleValues(Collection<?> known) {
        this.known = Set.copyOf(known);
    }

    @Override
    public synchronized void installed(long installId, String trackerId) {
        installs.put(installId, new InstallValues(installId, trackerId));
    }

    @Override
    public synchronized void done(Call call, Supplier<Optional<Reply>> result) {
        if (call.installId().isEmpty()) {
            return;
        }
        InstallValues install = installs.get(call.installId().getAsLong());
        if (install != null) {
            boolean isAppCall = CallOrigin.isAppCall(call);
            if (isAppCall) {
                checkWrite(call, install);
            }
            remember(call, install, isAppCall);
            result.get().ifPresent(reply -> learn(call, reply, install));
        }
    }

    private void checkWrite(Call call, InstallValues install) {
        if (call.operation().isRead()) {
            return;
        }
        Map<Object, ValueLocation> stale = staleFor(install);
        ValueWalker.each(
                ValueWalker.written(call.operation()),
                (field, value) -> stale.forEach((old, valueLocation) -> {
                    boolean isSettingAgain =
                            valueLocation.store() == StoreName.SETTINGS && call.store() == StoreName.SETTINGS;
                    if (!isSettingAgain && isIn(value, old)) {
                        found(
                                old,
                                valueLocation,
                                install,
                                "wrote this value with " + describe(call) + ", field '" + field + "'");
                    }
                }));
        stale.forEach((old, valueLocation) -> {
            if (SignificantValues.holds(call.operation().key(), old)) {
                found(
                        old,
                        valueLocation,
                        install,
                        "used this value in the key of " + call.store() + "."
                                + call.operation().name());
            }
        });
    }

    private static String describe(Call call) {
        return call.store() + "." + call.operation().name() + " of '"
                + call.operation().key() + "'";
    }

    private static boolean isIn(Object value, Object old) {
        return value instanceof String text ? SignificantValues.holds(text, old) : value.equals(old);
    }

    private void remember(Call call, InstallValues install, boolean isAppCall) {
        Hash written = ValueWalker.written(call.operation());
        ValueWalker.each(written, (field, value) -> {
            hold(call, install, field, value);
            if (!isAppCall || call.store() == StoreName.SETTINGS) {
                install.received.add(value);
            }
        });
    }

    private void learn(Call call, Reply reply, InstallValues install) {
        ValueWalker.each(reply.result(), (field, value) -> {
            install.received.add(value);
            if (call.operation() instanceof Operation.Get) {
                hold(call, install, field, value);
            }
        });
    }

    private void hold(Call call, InstallValues install, String field, Object value) {
        if (!call.store().isKeyValue() && SignificantValues.isSignificant(value) && !known.contains(value)) {
            install.held.putIfAbsent(
                    value,
                    new ValueLocation(
                            install.installId, call.store(), call.operation().key(), field));
        }
    }

    /**
     * Checks a request that has reached a watched stub.
     *
     * @param texts the texts in the request, by their location in it
     */
    public synchronized void requested(String request, Map<String, String> texts) {
        current()
                .forEach(install -> staleFor(install)
                        .forEach((old, valueLocation) -> texts.entrySet().stream()
                                .filter(part -> SignificantValues.holds(part.getValue(), old))
                                .findFirst()
                                .ifPresent(part -> found(
                                        old,
                                        valueLocation,
                                        install,
                                        "sent this value with the request " + request + ", " + part.getKey()))));
    }

    /** Records a response of a watched stub: the app has received the values in it. */
    public synchronized void responded(String text) {
        current()
                .forEach(install -> staleFor(install).keySet().stream()
                        .filter(old -> SignificantValues.holds(text, old))
                        .toList()
                        .forEach(install.received::add));
    }

    private Collection<InstallValues> current() {
        Map<String, InstallValues> latest = new HashMap<>();
        installs.values().forEach(install -> latest.put(install.trackerId, install));
        return latest.values();
    }

    /** The values that earlier installs of the account held and that this install has not received. */
    private Map<Object, ValueLocation> staleFor(InstallValues install) {
        Map<Object, ValueLocation> stale = new LinkedHashMap<>();
        for (InstallValues other : installs.values()) {
            if (other.trackerId.equals(install.trackerId) && other.installId < install.installId) {
                stale.putAll(other.held);
            }
        }
        stale.keySet().removeAll(install.received);
        installs.values().stream()
                .filter(other -> !other.trackerId.equals(install.trackerId))
                .forEach(other -> stale.keySet().removeAll(other.held.keySet()));
        return stale;
    }

    private void found(Object value, ValueLocation valueLocation, InstallValues install, String use) {
        findings.putIfAbsent(
                value, new StaleValue(SignificantValues.masked(value), valueLocation, install.installId, use));
    }

    /** The findings so far, one for each value. */
    public synchronized List<StaleValue> findings() {
        return new ArrayList<>(findings.values());
    }

    /** The findings so far, and what they mean; empty if there are none. */
    public Optional<String> describe() {
        List<StaleValue> found = findings();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("The app uses a value of an install that has ended (a stale cache):\n"
                        + found.stream().map(finding -> "  " + finding + ".\n").collect(Collectors.joining())
                        + "After a reinstall the app has another install, whose stores are empty. Values that it cached outside the"
                        + " storage, for example in a static field or a singleton, belong to the old install: read them from the"
                        + " storage for each request, or cache them per installId.");
    }

    /** The values that one install held, and those that it received. */
    private static final class InstallValues {

        private final long installId;
        private final String trackerId;
        private final Map<Object, ValueLocation> held = new LinkedHashMap<>();
        private final Set<Object> received = new HashSet<>();

        InstallValues(long installId, String trackerId) {
            this.installId = installId;
            this.trackerId = trackerId;
        }
    }
}
