package dev.stowage.contract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.PluginDataApi;
import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A service that implements the wire protocol and has a control plane to create apps, installs and clocks. */
public final class HttpUnderTest extends WireProtocolUnderTest {

    private final ControlPlaneClient control;
    private final boolean needsAdminToken;
    private final String prefix = "contract-" + Long.toString(new SplittableRandom().nextLong(1L << 40), 36);
    private int apps;

    /**
     * @param adminToken the token that the control plane requires; null for none
     * @param strict true if the clauses that this project decides (<b>E</b>) are binding
     * @param timeout how long a response may take
     */
    public HttpUnderTest(URI url, @Nullable String adminToken, boolean strict, Duration timeout) {
        this(List.of(url), adminToken, strict, timeout);
    }

    /**
     * Several servers that are one service: what is created or ended on one is so on all of them.
     *
     * @param adminToken the token that the control plane of each requires; null for none
     * @param strict true if the clauses that this project decides (<b>E</b>) are binding
     * @param timeout how long a response may take
     */
    public HttpUnderTest(List<URI> urls, @Nullable String adminToken, boolean strict, Duration timeout) {
        super(urls, strict, timeout);
        this.control = new ControlPlaneClient(this::http, adminToken);
        this.needsAdminToken = adminToken != null;
    }

    /**
     * Checks that there is a service with a control plane, on each server.
     *
     * @throws NoResponseException if there is no such response
     * @throws NotCheckableException if there is no control plane, or it refuses the request
     */
    public void check() {
        servers().forEach(server -> control.ask(server, "GET", "/health", null));
    }

    @Override
    void probe() {
        check();
    }

    @Override
    public ShellAccess shellAccess() {
        return new ShellAccess(
                servers().get(0).server().toString(), true, needsAdminToken, restartCommand(), disturbCommand());
    }

    @Override
    public PluginDataApi pluginData() {
        return new HttpPluginData(http());
    }

    @Override
    public synchronized AppUnderTest openApp() {
        return new HttpApp(prefix + "-" + ++apps);
    }

    private final class HttpApp implements AppUnderTest {

        private final String appId;
        private final List<HttpInstall> installs = new ArrayList<>();
        private @Nullable Boolean movesTime;
        private String clockQuery = "";

        HttpApp(String appId) {
            this.appId = appId;
        }

        @Override
        public synchronized InstallUnderTest install() {
            return add(control.ask("POST", "/installs", ControlPlaneClient.json(Map.of("appId", appId))));
        }

        private synchronized HttpInstall add(JsonNode response) {
            HttpInstall install = new HttpInstall(
                    this, ControlPlaneClient.text(response, "installId"), ControlPlaneClient.text(response, "apiKey"));
            installs.add(install);
            return install;
        }

        @Override
        public Optional<InstallUnderTest> activeInstall() {
            InstallUnderTest active = null;
            for (JsonNode install : control.ask("GET", "/installs", null).path("installs")) {
                if (install.path("appId").asText().equals(appId)
                        && install.path("state").asText().equals("active")) {
                    active = add(install);
                }
            }
            return Optional.ofNullable(active);
        }

        @Override
        public Client globalFunction() {
            JsonNode app = control.ask("POST", "/apps", ControlPlaneClient.json(Map.of("appId", appId)));
            return openWith(ControlPlaneClient.text(app, "appKey"));
        }

        /** Tries once to freeze the app's own clock, or else the clock of the whole service. */
        @Override
        public synchronized boolean canAdvanceTime() {
            if (movesTime == null) {
                control.ask("POST", "/apps", ControlPlaneClient.json(Map.of("appId", appId)));
                String own = "?appId=" + URLEncoder.encode(appId, StandardCharsets.UTF_8);
                movesTime = standsStill(own) || standsStill("");
            }
            return movesTime;
        }

        private boolean standsStill(String query) {
            try {
                JsonNode clock =
                        control.ask("PUT", "/clock" + query, ControlPlaneClient.json(Map.of("mode", "manual")));
                clockQuery = query;
                return clock.path("mode").asText().equals("manual");
            } catch (NotCheckableException refused) {
                return false;
            }
        }

        @Override
        public void advance(Duration duration) {
            if (!canAdvanceTime()) {
                throw new NotCheckableException("its clock cannot be advanced");
            }
            String seconds = ControlPlaneClient.json(Map.of("seconds", duration.toSeconds()));
            try {
                control.ask("POST", "/clock/advance" + clockQuery, seconds);
            } catch (NotCheckableException refused) {
                throw new NoResponseException("The clock could be frozen but not advanced: " + refused.getMessage());
            }
        }

        @Override
        public synchronized void close() {
            installs.forEach(HttpInstall::end);
            if (Boolean.TRUE.equals(movesTime)) {
                control.ask("PUT", "/clock" + clockQuery, ControlPlaneClient.json(Map.of("mode", "system")));
            }
        }
    }

    private final class HttpInstall implements InstallUnderTest {

        private final HttpApp app;
        private final String installId;
        private final String apiKey;

        HttpInstall(HttpApp app, String installId, String apiKey) {
            this.app = app;
            this.installId = installId;
            this.apiKey = apiKey;
        }

        @Override
        public Client client() {
            return openWith(apiKey);
        }

        @Override
        public String apiKey() {
            return apiKey;
        }

        @Override
        public void uninstall() {
            int status = end();
            if (status < 200 || status >= 300) {
                throw new NotCheckableException("DELETE of an install returned " + status);
            }
        }

        /** Uninstalls it, whatever its state. */
        private int end() {
            return http().send("DELETE", "/_emulator/installs/" + installId, control.headers(), null)
                    .status();
        }

        @Override
        public InstallUnderTest reinstall() {
            return app.add(control.ask("POST", "/installs/" + installId + "/reinstall", "{}"));
        }
    }
}
