package dev.stowage.contract.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.storage.BaseStore;
import dev.stowage.storage.Element;
import dev.stowage.storage.Hash;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.Store;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.Updater;
import dev.stowage.storage.UpdaterTtl;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Makes the call of a vector through the Java API. */
record VectorCall(Vector vector, Storage storage) {

    /** What the updater of a vector throws. */
    static final RuntimeException THROWN = new IllegalStateException("of the updater");

    /** The result in the form that {@link Notation} gives; of a call without one, {@link Notation#NOTHING}. */
    Object make() {
        return switch (vector.store()) {
            case "secrets" -> onBase(storage.secrets());
            case "settings" -> onBase(storage.settings());
            case "kvStore" -> onKeyValue(storage.kvStore());
            default -> onKeyValue(storage.sharedKvStore());
        };
    }

    private Object onBase(BaseStore store) {
        return switch (vector.method()) {
            case "put" -> store.put(key(), value());
            case "delete" -> has("fields") ? store.delete(key(), fields()) : store.delete(key());
            case "patch" -> has("updater") ? store.patch(key(), withoutTtl(updater())) : store.patch(key(), value());
            default -> onAny(store);
        };
    }

    /** Updaters of the base stores get no ttl. */
    private static UnaryOperator<Hash> withoutTtl(Updater updater) {
        return current -> updater.update(current, new UpdaterTtl(Optional.empty()));
    }

    private Object onAny(Store store) {
        return switch (vector.method()) {
            case "get" -> has("fields") ? store.get(key(), fields()) : store.get(key());
            case "exists" -> store.exists(key());
            default -> throw new IllegalArgumentException("no call of " + vector.method());
        };
    }

    private Object onKeyValue(KeyValueStore store) {
        return switch (vector.method()) {
            case "put" -> has("ttl") ? store.put(key(), value(), seconds()) : store.put(key(), value());
            case "patch" -> has("updater") ? store.patch(key(), updater(), ttl()) : store.patch(key(), value(), ttl());
            case "delete" -> has("fields") ? store.delete(key(), fields()) : store.delete(key());
            case "increment" ->
                has("ttl")
                        ? store.increment(key(), field(), amount(), ttl())
                        : has("amount") ? store.increment(key(), field(), amount()) : store.increment(key(), field());
            case "incrementMulti" -> byField(store.incrementMulti(key(), map("amounts", JsonNode::numberValue), ttl()));
            case "append" -> done(() -> store.append(key(), field(), any()));
            case "unshift" -> done(() -> store.unshift(key(), field(), any()));
            case "appendMulti" -> done(() -> store.appendMulti(key(), map("values", Notation::list)));
            case "unshiftMulti" -> done(() -> store.unshiftMulti(key(), map("values", Notation::list)));
            case "shift" -> element(store.shift(key(), field()));
            case "peek" -> element(store.peek(key(), field()));
            case "shiftMulti" -> byField(store.shiftMulti(key(), map("counts", JsonNode::intValue)));
            case "peekMulti" -> byField(store.peekMulti(key(), map("counts", JsonNode::intValue)));
            case "addNumber" -> store.addNumber(key(), field(), number());
            case "removeNumber" -> store.removeNumber(key(), field(), number());
            case "hasNumber" -> store.hasNumber(key(), field(), number());
            case "addNumberMulti" -> byField(store.addNumberMulti(key(), map("values", VectorCall::numbers)));
            case "removeNumberMulti" -> byField(store.removeNumberMulti(key(), map("values", VectorCall::numbers)));
            case "hasNumberMulti" -> byField(store.hasNumberMulti(key(), map("values", VectorCall::numbers)));
            case "addString" -> store.addString(key(), field(), (String) any());
            case "removeString" -> store.removeString(key(), field(), (String) any());
            case "hasString" -> store.hasString(key(), field(), (String) any());
            case "addStringMulti" -> byField(store.addStringMulti(key(), map("values", VectorCall::strings)));
            case "removeStringMulti" -> byField(store.removeStringMulti(key(), map("values", VectorCall::strings)));
            case "hasStringMulti" -> byField(store.hasStringMulti(key(), map("values", VectorCall::strings)));
            default -> onAny(store);
        };
    }

    private boolean has(String argument) {
        return !vector.argument(argument).isMissingNode();
    }

    private String key() {
        return vector.argument("key").asText();
    }

    private String field() {
        return vector.argument("field").asText();
    }

    private List<String> fields() {
        return strings(vector.argument("fields"));
    }

    private Hash value() {
        return Notation.hash(vector.argument("value"));
    }

    private Object any() {
        return Notation.value(vector.argument("value"));
    }

    private double number() {
        return ((Number) any()).doubleValue();
    }

    private double amount() {
        return vector.argument("amount").doubleValue();
    }

    private Duration seconds() {
        return duration(vector.argument("ttl"));
    }

    private Ttl ttl() {
        JsonNode ttl = vector.argument("ttl");
        return ttl.isMissingNode() ? Ttl.keep() : ttl.isTextual() ? Ttl.none() : Ttl.of(duration(ttl));
    }

    private static Duration duration(JsonNode seconds) {
        return Duration.ofMillis((long) (seconds.doubleValue() * 1000));
    }

    private Updater updater() {
        Iterator<JsonNode> runs = vector.argument("updater").iterator();
        return (current, ttl) -> {
            JsonNode run = runs.next();
            assertThat(current).isEqualTo(Notation.hash(run.path("sees")));
            assertThat(ttl.remaining().map(Duration::toSeconds).orElse(-1L))
                    .isEqualTo(run.path("seesTtl").asLong(-1));
            if (run.has("throws")) {
                throw THROWN;
            }
            JsonNode wanted = run.path("ttl");
            if (wanted.isTextual()) {
                ttl.remove();
            } else if (wanted.isNumber()) {
                ttl.set(duration(wanted));
            }
            return Notation.hash(run.path("returns"));
        };
    }

    private <V> Map<String, V> map(String argument, Function<JsonNode, V> read) {
        Map<String, V> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : vector.argument(argument).properties()) {
            map.put(field.getKey(), read.apply(field.getValue()));
        }
        return map;
    }

    private static List<Number> numbers(JsonNode list) {
        return Vector.elements(list).map(JsonNode::numberValue).toList();
    }

    private static List<String> strings(JsonNode list) {
        return Vector.elements(list).map(JsonNode::asText).toList();
    }

    private static Object done(Runnable call) {
        call.run();
        return Notation.NOTHING;
    }

    private static Object element(Element element) {
        return element.isPresent() ? element.value() : Notation.NOTHING;
    }

    private static Hash byField(Map<String, ?> results) {
        return Hash.from(results);
    }
}
