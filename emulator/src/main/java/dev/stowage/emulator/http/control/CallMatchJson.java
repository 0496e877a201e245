package dev.stowage.emulator.http.control;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.storage.StoreName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the selection of operations as JSON. */
final class CallMatchJson {

    private CallMatchJson() {}

    /** Reads the member {@code match} of a body. Without it, every operation matches. */
    static CallMatch readFrom(ControlBody body) {
        return body.object("match", "appId", "installId", "store", "operation", "key")
                .map(CallMatchJson::read)
                .orElse(CallMatch.any());
    }

    private static CallMatch read(ControlBody match) {
        CallMatch read = CallMatch.any();
        Optional<String> appId = match.text("appId");
        if (appId.isPresent()) {
            read = read.app(appId.get());
        }
        Optional<Long> installId = match.wholeNumber("installId", 1, Long.MAX_VALUE);
        if (installId.isPresent()) {
            read = read.install(installId.get());
        }
        Optional<String> store = match.text("store");
        if (store.isPresent()) {
            read = read.store(StoreName.of(store.get())
                    .orElseThrow(() -> OperationArguments.refused(
                            "The store is unknown. Stores: secrets, settings, kvStore, sharedKvStore.")));
        }
        Optional<String> operation = match.text("operation");
        if (operation.isPresent()) {
            read = read.operation(operation.get());
        }
        Optional<String> key = match.text("key");
        return key.isPresent() ? read.key(key.get()) : read;
    }

    static Map<String, Object> write(CallMatch match) {
        Map<String, Object> json = new LinkedHashMap<>();
        match.appId().ifPresent(id -> json.put("appId", id));
        match.installId().ifPresent(id -> json.put("installId", id));
        match.store().ifPresent(store -> json.put("store", store.wireName()));
        match.operation().ifPresent(operation -> json.put("operation", operation));
        match.key().ifPresent(key -> json.put("key", key));
        return json;
    }
}
