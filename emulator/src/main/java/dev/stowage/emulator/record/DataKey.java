package dev.stowage.emulator.record;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** The key that encrypts the secrets stores in a data directory: 32 bytes. Immutable. */
public final class DataKey {

    private static final int BYTES = 32;

    private final byte[] bytes;

    private DataKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a key.
     *
     * @param base64 32 bytes in Base64
     * @throws StorageException {@code invalid_request} if it is something else. The message does not contain it
     */
    public static DataKey parse(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.trim());
        } catch (IllegalArgumentException notBase64) {
            throw refused("it is not Base64");
        }
        if (bytes.length != BYTES) {
            throw refused("it has " + bytes.length + " bytes");
        }
        return new DataKey(bytes);
    }

    private static StorageException refused(String reason) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                "The data key must be " + BYTES + " bytes in Base64, but " + reason
                        + ". Create one with: openssl rand -base64 32");
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataKey that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "DataKey[...]";
    }
}
