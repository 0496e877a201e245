package dev.stowage.emulator.advice;

import dev.stowage.emulator.call.Call;
import dev.stowage.emulator.call.CallOrigin;
import dev.stowage.emulator.stale.StaleValue;
import dev.stowage.emulator.stale.StaleValues;
import dev.stowage.emulator.watch.Watcher;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.operation.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks at the operations of one app as they happen, and collects the practices that they break. Thread-safe. */
public final class Advisor implements Watcher {

    private static final int MAX_ADVICE = 1_000;
    private static final Pattern PASSWORD =
            Pattern.compile("\"([^\"]*(?:password|passwd|pwd))\"\\s*:\\s*\"[^\"]", Pattern.CASE_INSENSITIVE);

    private final Supplier<Instant> clock;
    private final AdviceScope scope;
    private final boolean onlyAppCalls;
    private final List<Rule> rules;
    private final StaleValues staleValues = new StaleValues(List.of());
    private final Map<String, Advice> found = new LinkedHashMap<>();

    /**
     * @param clock the app's clock
     * @param maxRecordBytes the limit of a record
     * @param onlyAppCalls false if calls through {@code Install.storage()} are the app's, too, and not those of its test
     */
    public Advisor(Supplier<Instant> clock, int maxRecordBytes, AdviceScope scope, boolean onlyAppCalls) {
        this.clock = clock;
        this.scope = scope;
        this.onlyAppCalls = onlyAppCalls;
        this.rules = List.of(
                new RepeatedReads(),
                new ReadsTogether(),
                new GetThenPut(),
                new TemporaryRecords(),
                new Credentials(),
                new Growth(maxRecordBytes),
                new TypeChanges(),
                new Retries(),
                new UncheckedSecrets());
    }

    /** The advice so far, one for each practice and record. */
    public synchronized List<Advice> advice() {
        List<Advice> all = new ArrayList<>(found.values());
        staleValues.findings().stream()
                .map(Advisor::ofStaleValue)
                .filter(scope::contains)
                .forEach(all::add);
        return all;
    }

    /**
     * The advice so far as a text; empty if there is none.
     *
     * @param switchOff says how to switch a practice off, up to its id
     */
    public Optional<String> describe(String switchOff) {
        List<Advice> all = advice();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Advice first = all.get(0);
        return Optional.of(all.stream()
                .map(advice -> "  " + advice + "\n")
                .collect(Collectors.joining(
                        "",
                        "The app breaks best practices of the storage:\n",
                        switchOff + "\"" + first.practice().id() + "\"), or for this key only \""
                                + first.practice().id() + ":" + first.key() + "\".")));
    }

    private static Advice ofStaleValue(StaleValue stale) {
        return new Advice(
                Practice.STALE_CACHE,
                stale.valueLocation().store(),
                stale.valueLocation().key(),
                "its field '" + stale.valueLocation().field() + "' of install "
                        + stale.valueLocation().installId() + " was used after the app was reinstalled",
                List.of("install " + stale.installId() + ": the app " + stale.use()));
    }

    private void add(Advice advice) {
        if (scope.contains(advice) && found.size() < MAX_ADVICE) {
            found.putIfAbsent(advice.practice() + " " + advice.store() + " " + advice.key(), advice);
        }
    }

    @Override
    public void done(Call call, Supplier<Optional<Reply>> reply) {
        staleValues.done(call, reply);
        if (CallOrigin.isOfPerson(call) || (onlyAppCalls && !CallOrigin.isAppCall(call))) {
            return;
        }
        Observation operation = new Observation(call, reply.get(), clock.get());
        synchronized (this) {
            rules.forEach(rule -> rule.observe(operation).ifPresent(this::add));
        }
    }

    @Override
    public void installed(long installId, String trackerId) {
        staleValues.installed(installId, trackerId);
    }

    @Override
    public synchronized void pluginDataSet(String context, String json) {
        Matcher password = PASSWORD.matcher(json);
        if (password.find()) {
            add(new Advice(
                    Practice.PLAIN_PASSWORD,
                    StoreName.SECRETS,
                    context,
                    "the plugin data of this context has the field '" + password.group(1) + "' in plain text",
                    List.of("PUT " + context)));
        }
    }
}
