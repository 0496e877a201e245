package dev.stowage.storage.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/**
 * The features that newer versions of Jackson have and 2.13, the oldest supported version, has not. Each is used if the
 * Jackson on the class path has it. Everything else in this module uses only what 2.13 has.
 */
public final class JacksonFeatures {

    private static final boolean COMBINES_SURROGATES = isSupported(() -> combineSurrogates(new JsonFactoryBuilder()));

    private JacksonFeatures() {}

    /** True since 2.18: generators write a surrogate pair as one character of 4 bytes, not as two escapes. */
    static boolean combinesSurrogates() {
        return COMBINES_SURROGATES;
    }

    /**
     * Reads bytes as UTF-8 without guessing, since 2.15, and writes surrogate pairs as one character, since 2.18. Older
     * versions also read UTF-16 and UTF-32.
     */
    public static JsonFactoryBuilder useUtf8(JsonFactoryBuilder builder) {
        isSupported(() -> builder.disable(JsonFactory.Feature.CHARSET_DETECTION));
        isSupported(() -> combineSurrogates(builder));
        return builder;
    }

    /** Reads and writes numbers with Jackson's own fast algorithms, since 2.14. */
    static JsonFactoryBuilder useFastNumbers(JsonFactoryBuilder builder) {
        isSupported(() -> builder.enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER));
        isSupported(() -> builder.enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER));
        return builder;
    }

    /** Sets limits for numbers, since 2.15, and for names, since 2.16. Older versions have no limits. */
    static JsonFactoryBuilder limit(JsonFactoryBuilder builder, int maxNumberLength, int maxNameLength) {
        if (!isSupported(() -> builder.streamReadConstraints(StreamReadConstraints.builder()
                .maxNumberLength(maxNumberLength)
                .maxNameLength(maxNameLength)
                .build()))) {
            isSupported(() -> builder.streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(maxNumberLength)
                    .build()));
        }
        return builder;
    }

    /** True if a parser stopped at one of its limits; versions before 2.15 have no limits. */
    public static boolean isLimitExceeded(JsonProcessingException problem) {
        try {
            return problem instanceof StreamConstraintsException;
        } catch (LinkageError olderVersion) {
            return false;
        }
    }

    private static void combineSurrogates(JsonFactoryBuilder builder) {
        builder.enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
    }

    /** Runs code that refers to classes, methods or fields that may be missing; false if they are. */
    private static boolean isSupported(Runnable code) {
        try {
            code.run();
            return true;
        } catch (LinkageError olderVersion) {
            return false;
        }
    }
}
