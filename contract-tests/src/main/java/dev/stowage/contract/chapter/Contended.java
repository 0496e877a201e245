package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.property.ClauseViolation;
import dev.stowage.contract.property.ResponseAssert;
import dev.stowage.contract.property.StoreClient;
import dev.stowage.contract.property.Trial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A record to which many callers add while something happens to the backend, and what they know of it. Every write has a unique value. */
final class Contended {

    private final Trial trial;
    private final StoreClient client;
    private final String key;
    private final String event;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    private long highestShown;

    /** Makes a write on the record with this key. */
    interface Write {
        ResponseAssert call(String key);
    }

    /** @param event what happens to the backend, for the messages */
    Contended(Trial trial, StoreClient client, String event) {
        this.trial = trial;
        this.client = client;
        this.key = trial.key();
        this.event = event;
    }

    /** Makes the write. False if its response was lost. */
    boolean write(String value, Write write) {
        ResponseAssert response = MixedLoad.respond(() -> write.call(key));
        if (response == null) {
            lost.add(value);
            return false;
        }
        response.succeeds();
        answered.add(value);
        return true;
    }

    /** Reads the record. False if the response was lost. */
    boolean read(int group, String field) {
        ResponseAssert response =
                MixedLoad.respond(() -> client.call(Call.of(client.store(), "get", "key", key), group));
        if (response == null) {
            return false;
        }
        Object value = MixedLoad.hash(response).get(field);
        if (value instanceof Number number) {
            synchronized (this) {
                highestShown = Math.max(highestShown, number.longValue());
            }
        } else {
            shown.addAll(members(value));
        }
        return true;
    }

    /** A number to which every write adds 1: all answered writes are there, no shown number is taken back, and no write counts twice. */
    synchronized void judgeNumber(String field) {
        Map<String, @Nullable Object> record =
                MixedLoad.hash(client.get(key).forClause("DUR-1").succeeds());
        long number = record.get(field) instanceof Number found ? found.longValue() : 0;
        String found = " but was " + number + ".";
        if (number < answered.size()) {
            throw violation(
                    "DUR-1",
                    answered.size()
                            + " writes that add 1 were answered before " + event + ": expected at least "
                            + answered.size() + found);
        }
        if (number < highestShown) {
            throw violation(
                    "DUR-2",
                    "a caller was shown " + highestShown + " before " + event + ": expected at least that" + found);
        }
        if (number > answered.size() + lost.size()) {
            throw violation(
                    "DUR-2",
                    answered.size() + " writes that add 1 were answered and " + lost.size()
                            + " lost their response: expected at most the sum" + found);
        }
    }

    /** A list or set to which every write adds its value. */
    void judgeMembers(String field) {
        List<String> found = members(
                MixedLoad.hash(client.get(key).forClause("DUR-1").succeeds()).get(field));
        Set<String> distinct = new LinkedHashSet<>(found);
        require(distinct, answered, "DUR-1", "was answered");
        require(distinct, shown, "DUR-2", "was shown to a caller");
        if (distinct.size() != found.size()) {
            throw violation("DUR-2", "expected each value once but was " + found + ".");
        }
        distinct.removeAll(answered);
        distinct.removeAll(lost);
        if (!distinct.isEmpty()) {
            throw violation("DUR-2", "expected only values that were added but was also " + distinct + ".");
        }
    }

    private void require(Set<String> found, Set<String> known, String clause, String why) {
        Set<String> missing = new LinkedHashSet<>(known);
        missing.removeAll(found);
        if (!missing.isEmpty()) {
            throw violation(
                    clause,
                    "a value " + why + " before " + event + ": expected "
                            + missing.iterator().next() + " in the record but it is missing, with "
                            + (missing.size() - 1) + " others.");
        }
    }

    private static List<String> members(@Nullable Object value) {
        List<String> members = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(member -> members.add(String.valueOf(member)));
        } else if (value instanceof SetValue set) {
            set.members().forEach(member -> members.add(String.valueOf(member)));
        }
        return members;
    }

    private ClauseViolation violation(String clause, String message) {
        return trial.violationAtKeys(clause, message, key);
    }
}
