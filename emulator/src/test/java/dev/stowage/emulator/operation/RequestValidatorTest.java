package dev.stowage.emulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.Ttl;
import dev.stowage.storage.operation.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests that the Java API can't express but another transport could send. */
class RequestValidatorTest {

    private static void refused(ErrorCode code, StoreName store, Operation operation) {
        StorageException refusal =
                catchThrowableOfType(StorageException.class, () -> RequestValidator.check(store, operation));
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }

    @Test
    @DisplayName("TTL-9: the base stores take no ttl")
    void baseStoresRefuseTtl() {
        Ttl ttl = Ttl.of(Duration.ofSeconds(5));
        for (StoreName store : List.of(StoreName.SECRETS, StoreName.SETTINGS)) {
            refused(ErrorCode.INVALID_REQUEST, store, new Operation.Put("k", Hash.empty(), ttl, OptionalLong.empty()));
            refused(
                    ErrorCode.INVALID_REQUEST,
                    store,
                    new Operation.Patch("k", Hash.empty(), ttl, OptionalLong.empty()));
        }
    }

    @Test
    @DisplayName("the base stores have five operations")
    void baseStoresHaveFiveOperations() {
        refused(
                ErrorCode.NOT_FOUND,
                StoreName.SECRETS,
                new Operation.Increment("k", Map.of("n", 1d), Ttl.keep(), false));
        refused(ErrorCode.NOT_FOUND, StoreName.SETTINGS, new Operation.ListTake("k", Map.of("l", 1), true, false));
        RequestValidator.check(StoreName.SECRETS, new Operation.Exists("k"));
    }
}
