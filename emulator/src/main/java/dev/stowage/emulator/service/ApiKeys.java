package dev.stowage.emulator.service;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Draws keys: a SHA-1 in Base64 that has letters and digits alone, so 27 of them and {@code =}. Cloud9's own client takes
 * no other.
 */
final class ApiKeys {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]{27}=");

    private final SecureRandom random = new SecureRandom();

    String draw() {
        byte[] drawn = new byte[20];
        random.nextBytes(drawn);
        while (true) {
            drawn = sha1(drawn);
            String key = Base64.getEncoder().encodeToString(drawn);
            if (PLAIN.matcher(key).matches()) {
                return key;
            }
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
