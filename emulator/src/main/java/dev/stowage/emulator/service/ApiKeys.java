package dev.stowage.emulator.service;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Generates keys: a SHA-1 in Base64 that consists of 27 letters and digits and {@code =}. Cloud9's client accepts no other form.
 */
final class ApiKeys {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]{27}=");

    private final SecureRandom random = new SecureRandom();

    String generate() {
        byte[] bytes = new byte[20];
        random.nextBytes(bytes);
        while (true) {
            bytes = sha1(bytes);
            String key = Base64.getEncoder().encodeToString(bytes);
            if (PLAIN.matcher(key).matches()) {
                return key;
            }
        }
    }

    /** @throws StorageException {@code invalid_request} unless the key has 27 letters and digits and {@code =} */
    static void check(String key) {
        if (!PLAIN.matcher(key).matches()) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "A key must have 27 letters (a-z, A-Z) or digits and '=' at its end; this one has " + key.length()
                            + " characters.");
        }
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
