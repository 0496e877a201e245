package dev.stowage.reliability.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.http.HttpStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reinstalls an app of its own and imports documents into it. Each is kept as a whole or not at all. */
final class InstallWriter implements Writer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IMPORTED = 20;

    private final String appId;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable URI server;
    private @Nullable Install current;
    private long generation;
    private long imported;
    private Open open = Open.NOTHING;

    InstallWriter(String appId) {
        this.appId = appId;
    }

    private enum Open {
        NOTHING,
        INSTALL,
        PUT,
        IMPORT,
        REINSTALL
    }

    private record Install(long id, String key) {}

    @Override
    public void connect(URI url) {
        server = url;
    }

    @Override
    public void step(SplittableRandom random) {
        Install install = current;
        if (install == null) {
            open = Open.INSTALL;
            current = installOf(call("POST", "/installs", "{\"appId\":\"" + appId + "\"}"));
        } else if (random.nextInt(3) == 0) {
            open = Open.IMPORT;
            call("POST", "/installs/" + install.id() + "/import", document(imported + 1));
            imported++;
        } else if (random.nextBoolean()) {
            open = Open.PUT;
            put(install);
            generation++;
        } else {
            open = Open.REINSTALL;
            current = installOf(call("POST", "/installs/" + install.id() + "/reinstall", ""));
            generation = 0;
            imported = 0;
        }
        open = Open.NOTHING;
    }

    private void put(Install install) {
        try {
            storage(install).secrets().put("generation", Hash.of("n", generation + 1));
        } catch (StorageException problem) {
            if (problem.code() == ErrorCode.UNAVAILABLE) {
                throw new LostResponseException(problem);
            }
            throw problem;
        }
    }

    private Storage storage(Install install) {
        if (server == null) {
            throw new IllegalStateException("not connected");
        }
        return HttpStorage.builder(server, install.key()).httpClient(http).build();
    }

    private static String document(long n) {
        return IntStream.range(0, IMPORTED)
                .mapToObj(i -> "\"key" + i + "\":{\"value\":{\"n\":" + n + "}}")
                .collect(Collectors.joining(",", "{\"format\":\"stowage/1\",\"stores\":{\"settings\":{", "}}}"));
    }

    @Override
    public void check(KillReport report) {
        Install before = current;
        if (before == null) {
            adoptFirstInstall();
        } else if (open == Open.REINSTALL && isRevoked(before)) {
            current = latestInstall();
            generation = 0;
            imported = 0;
            if (current == null || current.id() == before.id()) {
                report.found("reinstall: the install " + before.id() + " was revoked, and it has no successor");
                current = null;
                open = Open.NOTHING;
                return;
            }
            report.checked(true, true);
        } else {
            report.checked(open == Open.REINSTALL, false);
        }
        if (current != null) {
            generation = checked(report, "secrets of an install", generation, open == Open.PUT, generationOf(current));
            imported = checked(report, "import", imported, open == Open.IMPORT, importOf(report, current));
        }
        open = Open.NOTHING;
    }

    private void adoptFirstInstall() {
        current = latestInstall();
    }

    private static long checked(KillReport report, String what, long acknowledged, boolean isOpen, long found) {
        if (found == acknowledged || (isOpen && found == acknowledged + 1)) {
            report.checked(isOpen, found != acknowledged);
        } else {
            report.found(what + ": " + acknowledged + " was acknowledged, and the state is " + found);
        }
        return found;
    }

    private long generationOf(Install install) {
        Long n = storage(install).secrets().get("generation").getLong("n");
        return n == null ? 0 : n;
    }

    private long importOf(KillReport report, Install install) {
        Storage storage = storage(install);
        Set<Long> values = new HashSet<>();
        for (int i = 0; i < IMPORTED; i++) {
            Long n = storage.settings().get("key" + i).getLong("n");
            values.add(n == null ? 0 : n);
        }
        if (values.size() > 1) {
            report.found("import: half of a document was kept: " + values);
        }
        return values.iterator().next();
    }

    private boolean isRevoked(Install install) {
        try {
            storage(install).secrets().get("generation");
            return false;
        } catch (StorageException refusal) {
            if (refusal.code() == ErrorCode.INSTALL_REVOKED) {
                return true;
            }
            throw refusal;
        }
    }

    private @Nullable Install latestInstall() {
        Install latest = null;
        for (JsonNode install : call("GET", "/installs", "").path("installs")) {
            if (install.path("appId").asText().equals(appId)
                    && install.path("state").asText().equals("active")) {
                latest = installOf(install);
            }
        }
        return latest;
    }

    private static Install installOf(JsonNode install) {
        return new Install(
                install.path("installId").asLong(), install.path("apiKey").asText());
    }

    private JsonNode call(String method, String path, String body) {
        if (server == null) {
            throw new IllegalStateException("not connected");
        }
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/_emulator" + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 503) {
                throw new LostResponseException(new IOException(response.body()));
            }
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + response.body());
            }
            return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (IOException lost) {
            throw new LostResponseException(lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LostResponseException(interrupted);
        }
    }
}
