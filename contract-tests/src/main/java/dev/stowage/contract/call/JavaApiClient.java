package dev.stowage.contract.call;

import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Element;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Snapshot;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.Store;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.UpdaterTtl;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the calls through the Java API. What its types cannot express (a record that is not a hash) is not checkable. */
final class JavaApiClient implements Client {

    private final Storage storage;

    JavaApiClient(Storage storage) {
        this.storage = storage;
    }

    @Override
    public Response call(Call call) {
        StartBarrier.awaitOthers();
        try {
            return call.store().isKeyValue() ? keyValue(keyValueStore(call.store()), call) : base(call);
        } catch (StorageException refusal) {
            return refused(refusal);
        }
    }

    private static Response refused(StorageException refusal) {
        return switch (refusal.code()) {
            case UNAVAILABLE -> throw new NoResponseException(String.valueOf(refusal.getMessage()));
            default -> Response.refused(refusal.code().wireName(), 0, String.valueOf(refusal.getMessage()));
        };
    }

    private KeyValueStore keyValueStore(StoreName name) {
        return name == StoreName.KV_STORE ? storage.kvStore() : storage.sharedKvStore();
    }

    private Store store(StoreName name) {
        return switch (name) {
            case SECRETS -> storage.secrets();
            case SETTINGS -> storage.settings();
            default -> keyValueStore(name);
        };
    }

    private Response base(Call call) {
        BaseStore store = call.store() == StoreName.SECRETS ? storage.secrets() : storage.settings();
        only(call, "key", "value", "fields", "ifVersion");
        String key = key(call);
        boolean conditional = call.has("ifVersion");
        return switch (call.operation()) {
            case "get", "exists" -> read(store, call);
            case "put" ->
                conditional
                        ? written(store.putIfVersion(key, record(call), version(call)))
                        : Response.of(store.put(key, record(call)));
            case "patch" -> Response.of(JavaCodec.fromJava(store.patch(key, record(unconditional(call)))));
            case "delete" -> {
                if (conditional) {
                    store.deleteIfVersion(key, version(call));
                    yield Response.of(true);
                }
                yield Response.of(call.has("fields") ? store.delete(key, fields(call)) : store.delete(key));
            }
            default ->
                throw new NotCheckableException("the Java type of " + call.store() + " has no " + call.operation());
        };
    }

    private static Response read(Store store, Call call) {
        if (call.operation().equals("exists")) {
            return Response.of(store.exists(key(call)));
        }
        if (call.has("fields")) {
            return Response.of(JavaCodec.fromJava(store.get(key(call), fields(call))));
        }
        Snapshot read = store.snapshot(key(call));
        return Response.of(JavaCodec.fromJava(read.value()))
                .with(
                        OptionalLong.of(read.version()),
                        read.ttl()
                                .map(Duration::toSeconds)
                                .map(OptionalLong::of)
                                .orElse(OptionalLong.empty()));
    }

    private Response keyValue(KeyValueStore store, Call call) {
        String key = key(call);
        boolean conditional = call.has("ifVersion");
        return switch (call.operation()) {
            case "get", "exists" -> read(store, call);
            case "put" ->
                conditional
                        ? written(store.putIfVersion(
                                key,
                                record(call),
                                version(call),
                                Boolean.TRUE.equals(call.argument("keepTtl")) ? Ttl.keep() : ttl(call, Ttl.none())))
                        : Response.of(JavaCodec.fromJava(
                                ttl(call, Ttl.none()).isNone()
                                        ? store.put(key, record(call))
                                        : store.put(
                                                key,
                                                record(call),
                                                ttl(call, Ttl.none()).duration().orElseThrow())));
            case "patch" ->
                Response.of(JavaCodec.fromJava(store.patch(key, record(unconditional(call)), ttl(call, Ttl.keep()))));
            case "delete" -> {
                if (conditional) {
                    throw new NotCheckableException("the Java API's conditional delete returns nothing");
                }
                yield Response.of(
                        JavaCodec.fromJava(call.has("fields") ? store.delete(key, fields(call)) : store.delete(key)));
            }
            case "increment" ->
                Response.of(store.increment(
                        key,
                        field(call),
                        call.has("amount") ? number(call.argument("amount")) : 1,
                        ttl(call, Ttl.keep())));
            case "incrementMulti" ->
                Response.of(new LinkedHashMap<String, @Nullable Object>(
                        store.incrementMulti(key, JavaCodec.numbers(call.argument("amounts")), ttl(call, Ttl.keep()))));
            default -> collection(store, call);
        };
    }

    private static Response collection(KeyValueStore store, Call call) {
        only(call, "key", "field", "value", "values", "counts");
        String key = key(call);
        switch (call.operation()) {
            case "append" -> store.append(key, field(call), JavaCodec.toJava(call.argument("value")));
            case "unshift" -> store.unshift(key, field(call), JavaCodec.toJava(call.argument("value")));
            case "appendMulti" -> store.appendMulti(key, JavaCodec.lists(call.argument("values")));
            case "unshiftMulti" -> store.unshiftMulti(key, JavaCodec.lists(call.argument("values")));
            case "shift" -> {
                return element(store.shift(key, field(call)));
            }
            case "peek" -> {
                return element(store.peek(key, field(call)));
            }
            case "shiftMulti" -> {
                return byField(store.shiftMulti(key, JavaCodec.counts(call.argument("counts"))));
            }
            case "peekMulti" -> {
                return byField(store.peekMulti(key, JavaCodec.counts(call.argument("counts"))));
            }
            default -> {
                return call.operation().contains("Number") ? numberSet(store, call) : stringSet(store, call);
            }
        }
        return Response.nothing();
    }

    private static Response numberSet(KeyValueStore store, Call call) {
        String key = key(call);
        if (call.isMulti()) {
            Map<String, List<Number>> values = JavaCodec.numberLists(call.argument("values"));
            return switch (call.operation()) {
                case "addNumberMulti" -> byField(store.addNumberMulti(key, values));
                case "removeNumberMulti" -> byField(store.removeNumberMulti(key, values));
                default -> byField(store.hasNumberMulti(key, values));
            };
        }
        double value = number(call.argument("value"));
        return switch (call.operation()) {
            case "addNumber" -> Response.of(store.addNumber(key, field(call), value));
            case "removeNumber" -> Response.of(store.removeNumber(key, field(call), value));
            default -> Response.of(store.hasNumber(key, field(call), value));
        };
    }

    private static Response stringSet(KeyValueStore store, Call call) {
        String key = key(call);
        if (call.isMulti()) {
            Map<String, List<String>> values = JavaCodec.stringLists(call.argument("values"));
            return switch (call.operation()) {
                case "addStringMulti" -> byField(store.addStringMulti(key, values));
                case "removeStringMulti" -> byField(store.removeStringMulti(key, values));
                default -> byField(store.hasStringMulti(key, values));
            };
        }
        String value = JavaCodec.text(call.argument("value"));
        return switch (call.operation()) {
            case "addString" -> Response.of(store.addString(key, field(call), value));
            case "removeString" -> Response.of(store.removeString(key, field(call), value));
            default -> Response.of(store.hasString(key, field(call), value));
        };
    }

    @Override
    public Response update(StoreName name, String key, Updater updater) {
        StartBarrier.awaitOthers();
        try {
            if (!name.isKeyValue()) {
                Hash before = store(name)
                        .patch(
                                key,
                                current -> JavaCodec.toHash(updater.update(JavaCodec.mapFromJava(current), null)
                                        .value()));
                return Response.of(JavaCodec.fromJava(before));
            }
            Hash before = keyValueStore(name).patch(key, (Hash current, UpdaterTtl ttl) -> {
                Next next = updater.update(
                        JavaCodec.mapFromJava(current),
                        ttl.remaining().map(Duration::toSeconds).orElse(null));
                if (next.ttl() == Next.NONE) {
                    ttl.remove();
                } else if (next.ttl() != Next.KEEP) {
                    ttl.set(Duration.ofSeconds(next.ttl()));
                }
                return JavaCodec.toHash(next.value());
            });
            return Response.of(JavaCodec.fromJava(before));
        } catch (StorageException refusal) {
            return refused(refusal);
        }
    }

    private static Response written(long version) {
        return Response.nothing().with(OptionalLong.of(version), OptionalLong.empty());
    }

    private static Response element(Element element) {
        return element.isPresent() ? Response.of(JavaCodec.fromJava(element.value())) : Response.nothing();
    }

    private static Response byField(Map<String, ?> results) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        results.forEach((field, result) -> values.put(field, JavaCodec.fromJava(result)));
        return Response.of(values);
    }

    private static void only(Call call, String... names) {
        call.arguments().keySet().forEach(name -> {
            if (!Set.of(names).contains(name)) {
                throw new NotCheckableException(
                        "the Java types cannot express " + name + " in " + call.store() + "." + call.operation());
            }
        });
    }

    private static Call unconditional(Call call) {
        if (call.has("ifVersion")) {
            throw new NotCheckableException("the Java API has no conditional patch");
        }
        return call;
    }

    private static String key(Call call) {
        return JavaCodec.text(call.argument("key"));
    }

    private static String field(Call call) {
        return JavaCodec.text(call.argument("field"));
    }

    private static Hash record(Call call) {
        return JavaCodec.toHash(call.argument("value"));
    }

    private static long version(Call call) {
        return (long) number(call.argument("ifVersion"));
    }

    private static double number(@Nullable Object value) {
        return JavaCodec.number(value).doubleValue();
    }

    private static Ttl ttl(Call call, Ttl absent) {
        if (!call.has("ttl")) {
            return absent;
        }
        Object ttl = call.argument("ttl");
        return ttl == null ? Ttl.none() : Ttl.of(JavaCodec.seconds(ttl));
    }

    private static Collection<String> fields(Call call) {
        return JavaCodec.texts(call.argument("fields"));
    }
}
