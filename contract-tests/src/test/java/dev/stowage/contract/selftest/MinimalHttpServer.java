package dev.stowage.contract.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stowage.contract.backend.PluginDataApi.Document;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.WireCodec;
import dev.stowage.storage.StoreName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The minimal service over HTTP, with the part of the control plane that the suite needs. */
final class MinimalHttpServer implements AutoCloseable {

    static {
        // Without it every response of the JDK's server is delayed until an acknowledgement arrives.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final MinimalService service;
    private final HttpServer server;
    private volatile boolean isDead;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    MinimalHttpServer(Flaw flaw) throws IOException {
        service = new MinimalService(flaw);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    MinimalService service() {
        return service;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        try {
            if (isDead) {
                exchange.close();
            } else if (path.equals("/test/kill")) {
                send(exchange, 200, "{}");
                isDead = true;
            } else if (path.equals("/test/restart")) {
                service.restart();
                send(exchange, 200, "{}");
            } else if (path.startsWith("/v1/")) {
                respond(exchange, data(exchange, path.split("/"), body));
            } else if (path.startsWith("/_emulator/")) {
                control(exchange, path, body);
            } else {
                plugins(exchange, body);
            }
        } catch (NoResponseException killed) {
            exchange.close();
        } catch (RuntimeException bug) {
            send(exchange, 500, "{\"code\":\"internal\"}");
        }
    }

    private Response data(HttpExchange exchange, String[] path, byte[] body) {
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        String key = bearer == null ? null : bearer.replaceFirst("^Bearer ", "");
        return service.call(key, MinimalJson.read(StoreName.of(path[2]).orElseThrow(), path[3], body));
    }

    private static void respond(HttpExchange exchange, Response response) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        if (response.isRefused()) {
            body.put("code", response.code());
            body.put("detail", response.detail());
            send(exchange, response.status(), WireCodec.json(body));
            return;
        }
        String[] path = exchange.getRequestURI().getPath().split("/");
        if (response.hasResult()) {
            body.put("result", response.result());
        }
        response.version().ifPresent(version -> body.put("version", version));
        response.ttl().ifPresent(ttl -> body.put("ttl", ttl));
        // A Multi's results are by field, and are encoded like arguments.
        String json = path[3].endsWith("Multi") && response.hasResult()
                ? "{\"result\":"
                        + WireCodec.body(Call.of(StoreName.KV_STORE, "x", "values", response.result()))
                                .replaceFirst("^\\{\"values\":", "")
                : WireCodec.json(body);
        send(exchange, 200, json);
    }

    private void control(HttpExchange exchange, String path, byte[] body) throws IOException {
        JsonNode asked =
                body.length == 0 ? WireCodec.parse("{}".getBytes(StandardCharsets.UTF_8)) : WireCodec.parse(body);
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (path.endsWith("/health")) {
            send(exchange, 200, "{\"status\":\"ready\"}");
        } else if (path.endsWith("/apps")) {
            send(
                    exchange,
                    200,
                    WireCodec.json(
                            Map.of("appKey", service.appKey(asked.path("appId").asText()))));
        } else if (path.endsWith("/installs") && exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, installs());
        } else if (path.endsWith("/installs")) {
            send(exchange, 200, json(service.install(asked.path("appId").asText())));
        } else if (path.endsWith("/reinstall")) {
            MinimalService.Install old = find(path.split("/")[3]);
            send(exchange, 200, json(service.reinstall(old)));
        } else if (path.contains("/installs/")) {
            service.uninstall(find(path.split("/")[3]));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else if (path.endsWith("/clock")) {
            send(exchange, 200, "{\"mode\":\"" + asked.path("mode").asText() + "\"}");
        } else if (path.endsWith("/advance")) {
            service.advance(query.replace("appId=", ""), asked.path("seconds").asLong());
            send(exchange, 200, "{\"mode\":\"manual\"}");
        } else {
            send(exchange, 404, "{\"code\":\"not_found\"}");
        }
    }

    private String installs() {
        List<Object> installs = new ArrayList<>();
        service.byKey
                .values()
                .forEach(install -> installs.add(Map.of(
                        "installId", Integer.parseInt(install.id()),
                        "appId", install.app(),
                        "apiKey", install.apiKey(),
                        "state", install.active() ? "active" : "uninstalled")));
        return WireCodec.json(Map.of("installs", installs));
    }

    private MinimalService.Install find(String id) {
        return service.byKey.values().stream()
                .filter(install -> install.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String json(MinimalService.Install install) {
        return WireCodec.json(Map.of("installId", Integer.parseInt(install.id()), "apiKey", install.apiKey()));
    }

    private void plugins(HttpExchange exchange, byte[] body) throws IOException {
        String basic = exchange.getRequestHeaders().getFirst("Authorization");
        String user = basic == null
                ? null
                : new String(Base64.getDecoder().decode(basic.substring(6)), StandardCharsets.UTF_8).split(":")[0];
        MinimalPluginData plugins = new MinimalPluginData(service);
        String path = exchange.getRequestURI().getPath();
        Document document = exchange.getRequestMethod().equals("GET")
                ? plugins.get(path, user)
                : plugins.put(path, user, new String(body, StandardCharsets.UTF_8));
        send(exchange, document.status(), String.valueOf(document.body()));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status < 300 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
