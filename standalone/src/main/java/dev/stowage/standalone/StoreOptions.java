package dev.stowage.standalone;

import static dev.stowage.standalone.Options.option;

import dev.stowage.emulator.record.StoreUrl;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The option for a store that several servers share. */
final class StoreOptions {

    private final OptionSpec url = option(
                    "--store",
                    "URL",
                    String.class,
                    "Keep apps, installs, keys, records and clocks in a database that several emulators share:"
                            + " postgresql://user@host:5432/database (password: PGPASSWORD or ~/.pgpass) or"
                            + " etcd://host:2379,host:2379,host:2379 (ETCDCTL_USER). As the environment variable STOWAGE_STORE,"
                            + " URL may contain a password (default: keep everything in memory).")
            .build();

    List<OptionSpec> all() {
        return List.of(url);
    }

    /**
     * Returns the URL; empty without {@code --store}.
     *
     * @param arguments of the command line, which other users can read
     * @throws OptionException if the URL is malformed, or a password is in one of the arguments
     */
    Optional<String> url(List<String> arguments) {
        @Nullable String store = url.getValue();
        if (store == null) {
            return Optional.empty();
        }
        if (hasPassword(parsed(store)) && arguments.stream().anyMatch(argument -> argument.contains(store))) {
            throw refused(new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "The URL given with --store contains a password, which other users of this machine can read in"
                            + " the list of processes. Set PGPASSWORD (or ETCDCTL_USER, to user:password), or set"
                            + " STOWAGE_STORE to the URL, and omit it here."));
        }
        return Optional.of(store);
    }

    private static StoreUrl parsed(String store) {
        try {
            return StoreUrl.parse(store);
        } catch (StorageException malformed) {
            throw refused(malformed);
        }
    }

    private static boolean hasPassword(StoreUrl store) {
        return store.password().isPresent()
                || store.parameters().keySet().stream().anyMatch(name -> name.endsWith("password"));
    }

    private static OptionException refused(StorageException refusal) {
        return new OptionException(List.of("--store"), refusal);
    }

    /** Says where the data is, without credentials and parameters, for the line that is printed at the start. */
    String describe() {
        @Nullable String store = url.getValue();
        return store == null ? "" : ", in " + parsed(store);
    }
}
