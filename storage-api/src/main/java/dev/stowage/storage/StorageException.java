package dev.stowage.storage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The only exception of the storage API. Decide by {@link #code()}: the message is for people and may change. Neither the
 * message nor the details contain a value of secrets or settings (ERR-2).
 */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, Object> details;

    public StorageException(ErrorCode code, String message) {
        this(code, message, Map.of(), null);
    }

    public StorageException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, Map.of(), cause);
    }

    /**
     * @param details facts for programs, by their names in the wire protocol ({@code store}, {@code key}, {@code field},
     *     {@code limit}, {@code size}, {@code currentVersion}); may be empty
     */
    public StorageException(ErrorCode code, String message, Map<String, Object> details) {
        this(code, message, details, null);
    }

    private StorageException(ErrorCode code, String message, Map<String, Object> details, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** Why the operation failed. */
    public ErrorCode code() {
        return code;
    }

    /** Facts in addition to the code, by their names in the wire protocol; empty if there are none. */
    public Map<String, Object> details() {
        // The field is transient: null after Java deserialization.
        return details == null ? Map.of() : details;
    }

    /** A copy of this exception with one more fact. */
    public StorageException with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details());
        more.put(name, value);
        return new StorageException(code, messageOf(this), more, getCause());
    }

    private static String messageOf(StorageException refusal) {
        String message = refusal.getMessage();
        return message == null ? refusal.code.wireName() : message;
    }
}
