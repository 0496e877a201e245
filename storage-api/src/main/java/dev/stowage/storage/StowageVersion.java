package dev.stowage.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build. */
public final class StowageVersion {

    private StowageVersion() {}

    /** The version; {@code unknown} if the jar's version file is missing. */
    public static String current() {
        try (InputStream file = StowageVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
