package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A record that one call changes from one state to another while something happens to the backend, and what callers know of it. */
final class OneWrite {

    /** Enough to be shown a write that takes effect late and is not durable yet. */
    private static final int MOST_READS = 100;

    private final StoreClient client;
    private final String key;
    private final Map<String, @Nullable Object> before;
    private final Map<String, @Nullable Object> after;
    private final String event;
    private volatile boolean answered;
    private volatile boolean shown;
    private final AtomicInteger reads = new AtomicInteger();

    /**
     * @param before the record before the call, which is known to be durable; empty if there is none
     * @param after the record after it; empty if there is none
     * @param event what happens to the backend, for the messages
     */
    OneWrite(
            StoreClient client,
            String key,
            Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after,
            String event) {
        this.client = client;
        this.key = key;
        this.before = before;
        this.after = after;
        this.event = event;
    }

    /** Makes the call. False if its response was lost. */
    boolean make(Call call, int group) {
        ResponseAssert response = MixedLoad.respond(() -> client.call(call, group));
        if (response == null) {
            return false;
        }
        response.succeeds();
        answered = true;
        return true;
    }

    /** True while a read can show something new: the call was not answered, and nobody was shown its effect. */
    boolean isWorthReading() {
        return !shown && !answered && reads.get() < MOST_READS;
    }

    /** Reads the record, perhaps before the call was answered. False if the response was lost. */
    boolean read(int group) {
        reads.incrementAndGet();
        ResponseAssert response =
                MixedLoad.respond(() -> client.call(Call.of(client.store(), "get", "key", key), group));
        if (response == null) {
            return false;
        }
        if (SuiteValues.areEqual(response.result(), after)) {
            shown = true;
        }
        return true;
    }

    /** Reads the record afterwards: it is as before the call or as after it, and as after it if a caller knows that it was made. */
    void judge(Trial trial) {
        ResponseAssert response = client.get(key).forClause(answered ? "DUR-1" : "DUR-2");
        response.succeeds();
        if (SuiteValues.areEqual(response.result(), after)) {
            return;
        }
        if (!before.isEmpty() && SuiteValues.areEqual(response.result(), Map.of())) {
            throw violation(
                    trial,
                    "DUR-1",
                    "a record that was there before " + event + " is missing",
                    SuiteValues.abbreviated(before) + " or " + SuiteValues.abbreviated(after),
                    response);
        }
        if (!SuiteValues.areEqual(response.result(), before)) {
            throw violation(
                    trial,
                    "DUR-2",
                    "a call that was in progress before " + event + " happened by half",
                    SuiteValues.abbreviated(before) + " or " + SuiteValues.abbreviated(after),
                    response);
        }
        if (answered) {
            throw violation(
                    trial,
                    "DUR-1",
                    "a call that was answered before " + event + " is undone",
                    SuiteValues.abbreviated(after),
                    response);
        }
        if (shown) {
            throw violation(
                    trial,
                    "DUR-2",
                    "a caller was shown the record before " + event + ", and it is taken back",
                    SuiteValues.abbreviated(after),
                    response);
        }
    }

    private RuntimeException violation(
            Trial trial, String clause, String what, String expected, ResponseAssert response) {
        return trial.violation(
                clause,
                what + ": expected " + expected + " but was "
                        + response.actual().description() + ".",
                response);
    }
}
