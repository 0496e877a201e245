package dev.stowage.contract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.contract.door.AppUnderTest;
import dev.stowage.contract.door.InstallUnderTest;
import dev.stowage.contract.door.PluginData;
import dev.stowage.contract.door.StorageUnderTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A service that speaks the wire protocol and has a control plane: apps, installs and clocks can be made. */
public final class HttpUnderTest implements StorageUnderTest {

    private final HttpRequests requests;
    private final ControlPlane control;
    private final boolean ours;
    private final String prefix = "contract-" + Long.toString(new SplittableRandom().nextLong(1L << 40), 36);
    private int apps;

    /**
     * @param adminToken what the control plane wants to be shown; null where it wants nothing
     * @param ours whether the clauses that this project decides count, too
     * @param timeout how long an answer may take
     */
    public HttpUnderTest(URI url, @Nullable String adminToken, boolean ours, Duration timeout) {
        this.requests = new HttpRequests(url, timeout);
        this.control = new ControlPlane(requests, adminToken);
        this.ours = ours;
    }

    /**
     * Whether there is a service with a control plane at all.
     *
     * @throws NoAnswer with what came instead
     * @throws NotCheckable if it has none, or does not let this caller in
     */
    public void check() {
        control.ask("GET", "/health", null);
    }

    @Override
    public String name() {
        return requests.server().toString();
    }

    @Override
    public boolean isOurs() {
        return ours;
    }

    @Override
    public Client openWith(@Nullable String key) {
        return new WireClient(requests, key == null ? null : "Bearer " + key);
    }

    @Override
    public PluginData pluginData() {
        return new HttpPluginData(requests);
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
            return add(control.ask("POST", "/installs", ControlPlane.json(Map.of("appId", appId))));
        }

        private synchronized HttpInstall add(JsonNode answer) {
            HttpInstall install =
                    new HttpInstall(this, ControlPlane.text(answer, "installId"), ControlPlane.text(answer, "apiKey"));
            installs.add(install);
            return install;
        }

        @Override
        public Client globalFunction() {
            JsonNode app = control.ask("POST", "/apps", ControlPlane.json(Map.of("appId", appId)));
            return openWith(ControlPlane.text(app, "appKey"));
        }

        /** Tried once: the app's own clock, or else everybody's. */
        @Override
        public synchronized boolean movesTime() {
            if (movesTime == null) {
                control.ask("POST", "/apps", ControlPlane.json(Map.of("appId", appId)));
                String own = "?appId=" + URLEncoder.encode(appId, StandardCharsets.UTF_8);
                movesTime = standsStill(own) || standsStill("");
            }
            return movesTime;
        }

        private boolean standsStill(String query) {
            try {
                JsonNode clock = control.ask("PUT", "/clock" + query, ControlPlane.json(Map.of("mode", "manual")));
                clockQuery = query;
                return clock.path("mode").asText().equals("manual");
            } catch (NotCheckable refused) {
                return false;
            }
        }

        @Override
        public void advance(Duration duration) {
            if (!movesTime()) {
                throw new NotCheckable("its clock can't be moved");
            }
            String seconds = ControlPlane.json(Map.of("seconds", duration.toSeconds()));
            try {
                control.ask("POST", "/clock/advance" + clockQuery, seconds);
            } catch (NotCheckable refused) {
                throw new NoAnswer("Time could be stopped but not moved: " + refused.getMessage());
            }
        }

        @Override
        public synchronized void close() {
            installs.forEach(HttpInstall::end);
            if (Boolean.TRUE.equals(movesTime)) {
                control.ask("PUT", "/clock" + clockQuery, ControlPlane.json(Map.of("mode", "system")));
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
                throw new NotCheckable("DELETE of an install was answered with " + status);
            }
        }

        /** Whatever state it is in. */
        private int end() {
            return requests.send("DELETE", "/_emulator/installs/" + installId, control.headers(), null)
                    .status();
        }

        @Override
        public InstallUnderTest reinstall() {
            return app.add(control.ask("POST", "/installs/" + installId + "/reinstall", "{}"));
        }
    }
}
