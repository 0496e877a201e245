package dev.stowage.emulator.record;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder in which records outlive the process.
 *
 * @param path the folder. It is created if it does not exist
 * @param key encrypts the content of the secrets stores; empty to store it as it is
 */
public record DataDirectory(Path path, Durability durability, Optional<DataKey> key) {}
