package dev.stowage.standalone;

import dev.stowage.storage.StorageException;
import java.util.List;

/** An error that options caused, so that the message can name the environment variables that set them. */
final class OptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> options;

    OptionException(List<String> options, StorageException cause) {
        super(cause.getMessage(), cause);
        this.options = List.copyOf(options);
    }

    List<String> options() {
        return options;
    }
}
