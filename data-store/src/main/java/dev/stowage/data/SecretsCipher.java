package dev.stowage.data;

import dev.stowage.emulator.record.DataKey;
import dev.stowage.emulator.record.Partition;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the content of secrets with AES-256-GCM. A sealed text is the id of the key (one byte), a nonce of 12 bytes that is used
 * once, the encrypted text and its tag of 16 bytes. The name and the version of the record are authenticated with it: a row that was
 * copied over another one, or an old one that was put back under a new version, is not accepted.
 */
final class SecretsCipher {

    /** The store whose content is encrypted. */
    static final String STORE = "secrets";

    /** For the day when a directory has more than one key. */
    private static final byte KEY_ID = 1;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + NONCE_BYTES;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final SecureRandom random = new SecureRandom();

    SecretsCipher(DataKey key) {
        this.key = new SecretKeySpec(key.bytes(), "AES");
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has AES/GCM", missing);
        }
    }

    /** Encrypts a text. */
    byte[] seal(byte[] plain, byte[] name) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name);
            byte[] sealed = new byte[HEADER_BYTES + cipher.getOutputSize(plain.length)];
            sealed[0] = KEY_ID;
            System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, HEADER_BYTES);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Decrypts what {@link #seal} returned.
     *
     * @throws AEADBadTagException if the key or the name is another one, or the bytes were changed
     */
    byte[] open(byte[] sealed, byte[] name) throws AEADBadTagException {
        if (sealed.length < HEADER_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != KEY_ID) {
            throw new AEADBadTagException("not sealed with a known key");
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE_BYTES));
            cipher.updateAAD(name);
            return cipher.doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
        } catch (AEADBadTagException changed) {
            throw changed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The bytes that are authenticated with the content of a record. Two records or versions never have the same. */
    static byte[] nameOf(Partition partition, String key, long version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String part : new String[] {partition.owner(), partition.store(), key}) {
                byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
            out.writeLong(version);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
