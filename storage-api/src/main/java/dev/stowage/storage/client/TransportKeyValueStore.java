package dev.stowage.storage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.storage.Element;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.NumberSet;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.StringSet;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.Updater;
import dev.stowage.storage.operation.Operation;
import dev.stowage.storage.operation.Operation.End;
import dev.stowage.storage.operation.Operation.SetAction;
import dev.stowage.storage.operation.Operation.SetKind;
import dev.stowage.storage.operation.Reply;
import dev.stowage.storage.operation.Transport;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A key-value store on top of a transport. */
final class TransportKeyValueStore extends TransportStore implements KeyValueStore {

    TransportKeyValueStore(Transport transport, StoreName store, RecordMapper mapper, UpdaterLoop updaterLoop) {
        super(transport, store, mapper, updaterLoop);
    }

    @Override
    public KeyValueStore withMapper(ObjectMapper mapper) {
        return new TransportKeyValueStore(transport, store, new RecordMapper(mapper), updaterLoop);
    }

    @Override
    public Hash put(String key, Hash value) {
        return hash(execute(new Operation.Put(key, value, Ttl.none(), ANY_VERSION)));
    }

    @Override
    public Hash put(String key, Hash value, Duration ttl) {
        return hash(execute(new Operation.Put(key, value, Ttl.of(ttl), ANY_VERSION)));
    }

    @Override
    public Hash put(String key, Object value) {
        return put(key, toHash(value));
    }

    @Override
    public Hash put(String key, Object value, Duration ttl) {
        return put(key, toHash(value), ttl);
    }

    @Override
    public Hash patch(String key, Hash value, Ttl ttl) {
        return hash(execute(new Operation.Patch(key, value, ttl, ANY_VERSION)));
    }

    @Override
    public Hash patch(String key, Updater updater) {
        return update(key, updater, Ttl.keep());
    }

    @Override
    public Hash patch(String key, Updater updater, Ttl ttl) {
        return update(key, updater, ttl);
    }

    @Override
    public Hash delete(String key) {
        return hash(execute(new Operation.Delete(key, null, ANY_VERSION)));
    }

    @Override
    public Hash delete(String key, Collection<String> fields) {
        return hash(execute(new Operation.Delete(key, List.copyOf(fields), ANY_VERSION)));
    }

    @Override
    public long putIfVersion(String key, Hash value, long version, Ttl ttl) {
        return execute(new Operation.Put(key, value, ttl, OptionalLong.of(version)))
                .version();
    }

    @Override
    public double increment(String key, String field) {
        return increment(key, field, 1);
    }

    @Override
    public double increment(String key, String field, double amount) {
        return increment(key, field, amount, Ttl.keep());
    }

    @Override
    public double increment(String key, String field, double amount, Ttl ttl) {
        return number(execute(new Operation.Increment(key, Map.of(field, amount), ttl, false))
                .result());
    }

    @Override
    public Map<String, Double> incrementMulti(String key, Map<String, ? extends Number> amounts) {
        return incrementMulti(key, amounts, Ttl.keep());
    }

    @Override
    public Map<String, Double> incrementMulti(String key, Map<String, ? extends Number> amounts, Ttl ttl) {
        Map<String, Double> doubles = new LinkedHashMap<>();
        // Through a hash, in which 0.1f is 0.1 and not 0.10000000149011612.
        Hash canonical = Hash.from(amounts);
        canonical.fields().forEach(field -> doubles.put(field, number(canonical.get(field))));
        return byField(execute(new Operation.Increment(key, doubles, ttl, true)), TransportStore::number);
    }

    @Override
    public void append(String key, String field, @Nullable Object value) {
        insertOne(key, field, value, End.BACK);
    }

    @Override
    public void appendMulti(String key, Map<String, ? extends Collection<?>> values) {
        execute(new Operation.ListInsert(key, Hash.from(values), End.BACK, true));
    }

    @Override
    public void unshift(String key, String field, @Nullable Object value) {
        insertOne(key, field, value, End.FRONT);
    }

    @Override
    public void unshiftMulti(String key, Map<String, ? extends Collection<?>> values) {
        execute(new Operation.ListInsert(key, Hash.from(values), End.FRONT, true));
    }

    private void insertOne(String key, String field, @Nullable Object value, End end) {
        execute(new Operation.ListInsert(key, Hash.of(field, new @Nullable Object[] {value}), end, false));
    }

    @Override
    public Element shift(String key, String field) {
        return takeOne(key, field, true);
    }

    @Override
    public Map<String, List<@Nullable Object>> shiftMulti(String key, Map<String, Integer> counts) {
        return byField(execute(new Operation.ListTake(key, counts, true, true)), TransportKeyValueStore::list);
    }

    @Override
    public Element peek(String key, String field) {
        return takeOne(key, field, false);
    }

    @Override
    public Map<String, List<@Nullable Object>> peekMulti(String key, Map<String, Integer> counts) {
        return byField(execute(new Operation.ListTake(key, counts, false, true)), TransportKeyValueStore::list);
    }

    private Element takeOne(String key, String field, boolean remove) {
        Reply reply = execute(new Operation.ListTake(key, Map.of(field, 1), remove, false));
        return reply.hasResult() ? Element.of(reply.result()) : Element.nothing();
    }

    @Override
    public boolean addNumber(String key, String field, double value) {
        return number(SetAction.ADD, key, field, value);
    }

    @Override
    public Map<String, NumberSet> addNumberMulti(
            String key, Map<String, ? extends Collection<? extends Number>> values) {
        return numbers(SetAction.ADD, key, values);
    }

    @Override
    public boolean removeNumber(String key, String field, double value) {
        return number(SetAction.REMOVE, key, field, value);
    }

    @Override
    public Map<String, NumberSet> removeNumberMulti(
            String key, Map<String, ? extends Collection<? extends Number>> values) {
        return numbers(SetAction.REMOVE, key, values);
    }

    @Override
    public boolean hasNumber(String key, String field, double value) {
        return number(SetAction.HAS, key, field, value);
    }

    @Override
    public Map<String, NumberSet> hasNumberMulti(
            String key, Map<String, ? extends Collection<? extends Number>> values) {
        return numbers(SetAction.HAS, key, values);
    }

    @Override
    public boolean addString(String key, String field, String value) {
        return string(SetAction.ADD, key, field, value);
    }

    @Override
    public Map<String, StringSet> addStringMulti(String key, Map<String, ? extends Collection<String>> values) {
        return strings(SetAction.ADD, key, values);
    }

    @Override
    public boolean removeString(String key, String field, String value) {
        return string(SetAction.REMOVE, key, field, value);
    }

    @Override
    public Map<String, StringSet> removeStringMulti(String key, Map<String, ? extends Collection<String>> values) {
        return strings(SetAction.REMOVE, key, values);
    }

    @Override
    public boolean hasString(String key, String field, String value) {
        return string(SetAction.HAS, key, field, value);
    }

    @Override
    public Map<String, StringSet> hasStringMulti(String key, Map<String, ? extends Collection<String>> values) {
        return strings(SetAction.HAS, key, values);
    }

    private boolean number(SetAction action, String key, String field, double value) {
        Hash values = Hash.of(field, NumberSet.of(value));
        return isTrue(execute(new Operation.SetMembers(key, SetKind.NUMBER, action, values, false)));
    }

    private boolean string(SetAction action, String key, String field, String value) {
        Hash values = Hash.of(field, StringSet.of(value));
        return isTrue(execute(new Operation.SetMembers(key, SetKind.STRING, action, values, false)));
    }

    private Map<String, NumberSet> numbers(
            SetAction action, String key, Map<String, ? extends Collection<? extends Number>> values) {
        Hash.Builder sets = Hash.builder();
        values.forEach((field, members) -> sets.set(field, NumberSet.from(members)));
        return byField(
                execute(new Operation.SetMembers(key, SetKind.NUMBER, action, sets.build(), true)),
                result -> cast(NumberSet.class, result));
    }

    private Map<String, StringSet> strings(
            SetAction action, String key, Map<String, ? extends Collection<String>> values) {
        Hash.Builder sets = Hash.builder();
        values.forEach((field, members) -> sets.set(field, StringSet.from(members)));
        return byField(
                execute(new Operation.SetMembers(key, SetKind.STRING, action, sets.build(), true)),
                result -> cast(StringSet.class, result));
    }

    private static <V> Map<String, V> byField(Reply reply, Function<@Nullable Object, V> read) {
        Map<String, V> results = new LinkedHashMap<>();
        hash(reply).asMap().forEach((field, result) -> results.put(field, read.apply(result)));
        return results;
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> list(@Nullable Object result) {
        return cast(List.class, result);
    }
}
