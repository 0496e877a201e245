package dev.stowage.console.page;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The query of a page, or the fields of a form. A field that was left empty is absent; one that is blank is not: a name may be. */
public final class Parameters {

    private final Map<String, String> values;

    public Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** Returns a value as it is; empty if it is absent. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    public Optional<String> optional(String name) {
        return Optional.of(text(name)).filter(text -> !text.isEmpty());
    }

    public boolean has(String name) {
        return optional(name).isPresent();
    }

    /** @throws StorageException {@code invalid_request} if the value is absent */
    public String required(String name) {
        return optional(name).orElseThrow(() -> refused("The field " + name + " is empty. Fill it in."));
    }

    /** @throws StorageException {@code invalid_request} if the value is not a whole number from 0 */
    public OptionalLong number(String name) {
        Optional<String> text = optional(name).map(String::strip).filter(number -> !number.isEmpty());
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("\\d{1,18}")) {
            throw refused("The field " + name + " must be a whole number of at least 0. It was '"
                    + VisibleText.shortened(text.get(), 40) + "'.");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    /** @throws StorageException {@code invalid_request} if the number is absent */
    public long requiredNumber(String name) {
        return number(name).orElseThrow(() -> refused("The field " + name + " is empty. Fill it in."));
    }

    /** @throws StorageException {@code invalid_request} if there is no such store */
    public Optional<StoreName> store() {
        return optional("store")
                .map(name -> StoreName.of(name)
                        .orElseThrow(() -> refused("There is no store '" + VisibleText.shortened(name, 40)
                                + "'. The stores: secrets, settings, kvStore, sharedKvStore.")));
    }

    /** @throws StorageException {@code invalid_request} if the store is absent */
    public StoreName requiredStore() {
        return store().orElseThrow(() -> refused("The field store is empty. Choose a store."));
    }

    public static StorageException refused(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }
}
