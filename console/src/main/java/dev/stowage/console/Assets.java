package dev.stowage.console;

import dev.stowage.emulator.console.ConsoleResponse;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The stylesheet and the scripts. They come from the class path, so that a page loads nothing from elsewhere. */
final class Assets {

    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

    private static final String HTMX_POM = "META-INF/maven/org.webjars.npm/htmx.org/pom.properties";

    private final Map<String, ConsoleResponse> loaded = new ConcurrentHashMap<>();

    /** @throws StorageException {@code not_found} if there is no such file */
    ConsoleResponse get(String name) {
        return loaded.computeIfAbsent(name, Assets::load);
    }

    private static ConsoleResponse load(String name) {
        return switch (name) {
            case "console.css" -> file("dev/stowage/console/console.css", "text/css; charset=utf-8");
            case "console.js" -> file("dev/stowage/console/console.js", JAVASCRIPT);
            case "icon.svg" -> file("dev/stowage/console/icon.svg", "image/svg+xml");
            case "htmx.js" ->
                file("META-INF/resources/webjars/htmx.org/" + htmxVersion() + "/dist/htmx.min.js", JAVASCRIPT);
            default -> throw new StorageException(ErrorCode.NOT_FOUND, "The console has no such file.");
        };
    }

    private static String htmxVersion() {
        Properties pom = new Properties();
        try (InputStream in = open(HTMX_POM)) {
            pom.load(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return pom.getProperty("version");
    }

    private static ConsoleResponse file(String path, String mediaType) {
        try (InputStream in = open(path)) {
            return new ConsoleResponse(
                    200,
                    mediaType,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    Map.of("Cache-Control", "no-cache"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static InputStream open(String path) {
        @Nullable InputStream in = Assets.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException(path + " is missing from the class path");
        }
        return in;
    }
}
