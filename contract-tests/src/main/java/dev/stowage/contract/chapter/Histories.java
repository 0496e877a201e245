package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.SetValue;
import dev.stowage.contract.call.Values;
import dev.stowage.contract.draw.Source;
import dev.stowage.contract.history.Event;
import dev.stowage.contract.history.Explanation;
import dev.stowage.contract.history.Linearizability;
import dev.stowage.contract.history.Linearizability.Judgement;
import dev.stowage.contract.history.Timeline;
import dev.stowage.contract.model.RecordState;
import dev.stowage.contract.run.Broken;
import dev.stowage.contract.run.Heard;
import dev.stowage.contract.run.Place;
import dev.stowage.contract.run.Trial;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients that carry out a mix of operations on two keys at once, and whether the history of each key has an order in which every
 * answer is right. Where one has none, its calls are made again two at a time, until a history of four shows the same.
 */
final class Histories {

    private static final Source<Integer> ANY = Source.integers(0, 9_999);
    private static final int CLIENTS = 4;
    private static final int CALLS_EACH = 7;
    private static final int MOST_PAIRS = 900;

    private final Trial trial;
    private final Place mine;
    private final Place other;

    Histories(Trial trial, Place mine) {
        this.trial = trial;
        this.mine = mine;
        this.other = Ops.otherEnd(mine);
    }

    void run() {
        List<String> keys = List.of(trial.key(), trial.key());
        List<Event> events = Collections.synchronizedList(new ArrayList<>());
        List<List<Call>> plans = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < CALLS_EACH; i++) {
                String key = keys.get(trial.draw(ANY) % 3 == 0 ? 1 : 0);
                calls.add(call(mine.store(), key, trial.draw(ANY), client * 100 + i));
            }
            plans.add(calls);
        }
        atOnce(events, plans);
        for (String key : keys) {
            record(events, CLIENTS, mine, Call.of(mine.store(), "get", "key", key), 0);
        }
        for (String key : keys) {
            List<Event> history = events.stream()
                    .filter(event -> event.call().key().equals(key))
                    .toList();
            try {
                judge(key, history);
            } catch (Broken large) {
                throw smallest(history, large);
            }
        }
    }

    private void atOnce(List<Event> events, List<List<Call>> plans) {
        int group = trial.newGroup();
        List<Supplier<Heard>> clients = new ArrayList<>();
        for (int client = 0; client < plans.size(); client++) {
            int who = client;
            Place place = client % 2 == 0 ? mine : other;
            List<Call> calls = plans.get(client);
            clients.add(() -> {
                Heard last = null;
                for (Call call : calls) {
                    last = record(events, who, place, call, group);
                }
                return Objects.requireNonNull(last);
            });
        }
        trial.together(clients);
    }

    private static Heard record(List<Event> events, int client, Place place, Call call, int group) {
        long called = System.nanoTime();
        try {
            Heard heard = place.call(call, group);
            events.add(new Event(client, call, heard.answer(), called, System.nanoTime()));
            return heard;
        } catch (NoAnswer lost) {
            events.add(new Event(client, call, null, called, System.nanoTime()));
            throw lost;
        }
    }

    private void judge(String key, List<Event> history) {
        Linearizability.Result result = Linearizability.check(history, RecordState.MISSING);
        trial.count("history: " + result.judgement());
        if (result.judgement() == Judgement.ILLEGAL) {
            List<Event> shortest = Explanation.shortestIllegal(history, RecordState.MISSING);
            Linearizability.Result explained = Linearizability.check(shortest, RecordState.MISSING);
            throw trial.brokenAt("LIN-1", Explanation.sentence(explained), key)
                    .drawn(Timeline.svg(Explanation.around(shortest), explained.stuck()));
        }
    }

    /** Two of the calls at once, on a record or on none, and a read; the pairs that were nearest to each other first. */
    private Broken smallest(List<Event> history, Broken large) {
        List<List<Call>> pairs = pairs(history);
        if (pairs.isEmpty()) {
            return large;
        }
        return Smaller.than(large, MOST_PAIRS, i -> ofTwo(pairs.get(i / 3 % pairs.size()), i % 3));
    }

    private static List<List<Call>> pairs(List<Event> history) {
        List<List<Call>> pairs = new ArrayList<>();
        for (int apart = 1; apart < history.size(); apart++) {
            for (int i = 0; i + apart < history.size(); i++) {
                Call one = history.get(i).call();
                Call two = history.get(i + apart).call();
                if (!one.isRead() || !two.isRead()) {
                    pairs.add(List.of(one, two));
                }
            }
        }
        return pairs;
    }

    private void ofTwo(List<Call> pair, int start) {
        String key = trial.key();
        List<Event> events = Collections.synchronizedList(new ArrayList<>());
        if (start > 0) {
            Call given = Call.of(mine.store(), "put", "key", key, "value", start == 1 ? few() : many());
            record(events, pair.size(), mine, given, 0);
        }
        atOnce(events, pair.stream().map(call -> List.of(call.with("key", key))).toList());
        record(events, pair.size(), mine, Call.of(mine.store(), "get", "key", key), 0);
        judge(key, events);
    }

    private Map<String, @Nullable Object> few() {
        return mine.isKeyValue() ? Values.hash("q", 1, "l", Values.list(1)) : Values.hash("q", 1);
    }

    private Map<String, @Nullable Object> many() {
        return mine.isKeyValue()
                ? Values.hash("p", 1, "q", 1, "n", 1, "l", Values.list(1, 2), "s", SetValue.numbers(1))
                : Values.hash("p", 1, "q", 1);
    }

    private static Call call(StoreName store, String key, int choice, int value) {
        int kinds = store.isKeyValue() ? 14 : 6;
        return switch (choice % kinds) {
            case 0 -> Call.of(store, "put", "key", key, "value", Values.hash("p", value));
            case 1 -> Call.of(store, "patch", "key", key, "value", Values.hash("q", value));
            case 2, 6 -> Call.of(store, "get", "key", key);
            case 3 -> Call.of(store, "exists", "key", key);
            case 4 -> Call.of(store, "delete", "key", key);
            case 5 -> Call.of(store, "delete", "key", key, "fields", List.of("q"));
            case 7, 8 -> Call.of(store, "increment", "key", key, "field", "n");
            case 9 -> Call.of(store, "append", "key", key, "field", "l", "value", value);
            case 10 -> Call.of(store, "shift", "key", key, "field", "l");
            case 11 -> Call.of(store, "addNumber", "key", key, "field", "s", "value", value % 3);
            case 12 -> Call.of(store, "hasNumber", "key", key, "field", "s", "value", value % 3);
            default -> Call.of(store, "get", "key", key, "fields", List.of("n", "p"));
        };
    }
}
