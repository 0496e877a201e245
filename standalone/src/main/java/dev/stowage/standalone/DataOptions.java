package dev.stowage.standalone;

import static dev.stowage.standalone.Options.option;

import dev.stowage.emulator.record.DataDirectory;
import dev.stowage.emulator.record.DataKey;
import dev.stowage.emulator.record.Durability;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options for a data directory. */
final class DataOptions {

    /** The variable with the key itself. No option has it, because other users can read the arguments of a process. */
    static final String KEY_VARIABLE = "STOWAGE_DATA_KEY";

    private final OptionSpec data = option(
                    "--data",
                    "DIR",
                    Path.class,
                    "Keep apps, installs, keys, records and clocks in the folder DIR, and start with what it contains"
                            + " (default: keep everything in memory).")
            .build();

    private final OptionSpec durability = option(
                    "--durability",
                    "LEVEL",
                    Durability.class,
                    "What an acknowledged write in DIR survives: the end of the process, also when it is killed"
                            + " (process), or also a crash of the machine (disk) (default: process).")
            .build();

    private final OptionSpec keyFile = option(
                    "--data-key-file",
                    "FILE",
                    Path.class,
                    "Encrypt the secrets stores in DIR with the key in FILE: 32 bytes in Base64. The environment"
                            + " variable " + KEY_VARIABLE + " can contain the key itself (default: no encryption).")
            .build();

    List<OptionSpec> all() {
        return List.of(data, durability, keyFile);
    }

    /**
     * Returns the data directory; empty without {@code --data}.
     *
     * @throws OptionException if the options can't be used together, or the key can't be read
     */
    Optional<DataDirectory> directory(Map<String, String> environment) {
        @Nullable Path path = data.getValue();
        if (path == null) {
            checkUnused(durability);
            checkUnused(keyFile);
            return Optional.empty();
        }
        @Nullable Durability level = durability.getValue();
        DataDirectory directory = DataDirectory.at(path).with(level == null ? Durability.PROCESS : level);
        return Optional.of(key(environment).map(directory::encryptedWith).orElse(directory));
    }

    /** Says where the data is, for the line that is printed at the start; empty without {@code --data}. */
    String describe() {
        @Nullable Path path = data.getValue();
        return path == null ? "" : ", in " + path;
    }

    private static void checkUnused(OptionSpec unused) {
        @Nullable Object value = unused.getValue();
        if (value != null) {
            String option = unused.longestName();
            throw refused(option, option + " has no effect without --data. Add --data DIR, or omit " + option + ".");
        }
    }

    private Optional<DataKey> key(Map<String, String> environment) {
        String variable = environment.getOrDefault(KEY_VARIABLE, "");
        @Nullable Path file = keyFile.getValue();
        if (file == null) {
            return variable.isEmpty() ? Optional.empty() : Optional.of(parse(KEY_VARIABLE, variable));
        }
        if (!variable.isEmpty()) {
            throw refused("--data-key-file", "Both --data-key-file and " + KEY_VARIABLE + " are set. Use one of them.");
        }
        try {
            return Optional.of(parse("--data-key-file", Files.readString(file)));
        } catch (IOException unreadable) {
            throw refused(
                    "--data-key-file",
                    "Cannot read the file given with --data-key-file: " + file
                            + ". Check that it exists and is readable.");
        }
    }

    private static DataKey parse(String source, String text) {
        try {
            return DataKey.parse(text);
        } catch (StorageException refusal) {
            throw refused("--data-key-file", source + ": " + refusal.getMessage());
        }
    }

    private static OptionException refused(String option, String message) {
        return new OptionException(List.of(option), new StorageException(ErrorCode.INVALID_REQUEST, message));
    }
}
