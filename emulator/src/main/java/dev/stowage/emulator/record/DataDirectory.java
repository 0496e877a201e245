package dev.stowage.emulator.record;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder in which records outlive the process. Immutable.
 *
 * @param path the folder. It is created if it does not exist
 * @param durability what an acknowledged write survives (default: {@link Durability#PROCESS})
 * @param key encrypts the content of the secrets stores; empty to store it unencrypted (default)
 */
public record DataDirectory(Path path, Durability durability, Optional<DataKey> key) {

    /** A folder with the defaults. */
    public static DataDirectory at(Path path) {
        return new DataDirectory(path, Durability.PROCESS, Optional.empty());
    }

    public DataDirectory with(Durability other) {
        return new DataDirectory(path, other, key);
    }

    public DataDirectory encryptedWith(DataKey dataKey) {
        return new DataDirectory(path, durability, Optional.of(dataKey));
    }
}
