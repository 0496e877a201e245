package dev.stowage.standalone;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for a store that several servers share. */
final class StoreOptions {

    /** The scheme, then the credentials if there are any, then the host and the rest. */
    private static final Pattern URL = Pattern.compile("([a-z]+://)(?:([^/?]*)@)?([^?]*)(\\?.*)?");

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "Keep apps, installs, keys, records and clocks in a database that several emulators share:"
                    + " postgresql://user@host:5432/database (password: PGPASSWORD or ~/.pgpass) or"
                    + " etcd://host:2379,host:2379,host:2379 (ETCDCTL_USER). As the environment variable STOWAGE_STORE,"
                    + " URL may contain a password (default: keep everything in memory).")
    private @Nullable String url;

    /**
     * Returns the URL; empty without {@code --store}.
     *
     * @param arguments of the command line, which other users can read
     * @throws OptionException if a password is in one of them
     */
    Optional<String> url(List<String> arguments) {
        String store = url;
        if (store == null) {
            return Optional.empty();
        }
        if (hasPassword(store) && arguments.stream().anyMatch(argument -> argument.contains(store))) {
            throw new OptionException(
                    List.of("--store"),
                    new StorageException(
                            ErrorCode.INVALID_REQUEST,
                            "The URL given with --store contains a password, which other users of this machine can read in"
                                    + " the list of processes. Set PGPASSWORD (or ETCDCTL_USER, to user:password), or set"
                                    + " STOWAGE_STORE to the URL, and omit it here."));
        }
        return Optional.of(store);
    }

    private static boolean hasPassword(String store) {
        Matcher parts = URL.matcher(store);
        return parts.matches()
                && ((parts.group(2) != null && parts.group(2).contains(":"))
                        || (parts.group(4) != null && parts.group(4).contains("password=")));
    }

    /** Says where the data is, without credentials and parameters, for the line that is printed at the start. */
    String describe() {
        if (url == null) {
            return "";
        }
        Matcher parts = URL.matcher(url);
        return parts.matches() ? ", in " + parts.group(1) + parts.group(3) : "";
    }
}
