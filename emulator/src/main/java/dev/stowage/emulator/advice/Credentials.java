package dev.stowage.emulator.advice;

import dev.stowage.storage.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A text of {@value #SHORTEST} or more characters in a key-value store, in a field whose name is that of a credential. */
final class Credentials implements Rule {

    private static final int SHORTEST = 6;
    private static final Pattern FIELD = Pattern.compile(
            "(.*[^a-z])?(password|passwd|pwd|secret|api_?key|private_?key|access_?token|refresh_?token|client_?secret|credentials?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CAMEL_CASE = Pattern.compile(
            ".*[a-z](Password|Passwd|Secret|ApiKey|PrivateKey|AccessToken|RefreshToken|ClientSecret|Credentials?)");

    @Override
    public Optional<Advice> observe(Observation operation) {
        Hash written = operation.written();
        if (written == null || !operation.call().store().isKeyValue()) {
            return Optional.empty();
        }
        return credentialIn(written)
                .map(field -> operation
                        .record()
                        .advice(
                                Practice.CREDENTIAL,
                                "its field '" + field + "' looks like a credential",
                                List.of(operation.toString())));
    }

    private static Optional<String> credentialIn(Hash record) {
        return record.asMap().entrySet().stream()
                .filter(field -> isCredential(field.getKey()))
                .filter(field -> field.getValue() instanceof String text && text.length() >= SHORTEST)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a field of this name holds a credential. */
    static boolean isCredential(String field) {
        return FIELD.matcher(field).matches() || CAMEL_CASE.matcher(field).matches();
    }
}
