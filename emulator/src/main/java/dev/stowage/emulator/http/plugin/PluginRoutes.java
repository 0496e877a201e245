package dev.stowage.emulator.http.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.emulator.http.data.OperationArguments;
import dev.stowage.emulator.http.exchange.BodyHeaders;
import dev.stowage.emulator.http.exchange.ByteOrderMark;
import dev.stowage.emulator.http.exchange.HeapGuard;
import dev.stowage.emulator.http.exchange.ProblemDocuments;
import dev.stowage.emulator.http.exchange.RequestBody;
import dev.stowage.emulator.http.exchange.ResponseWriter;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.plugin.JsonDocument;
import dev.stowage.emulator.plugin.PluginContext;
import dev.stowage.emulator.plugin.PluginData;
import dev.stowage.emulator.plugin.SettingsScope;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cloud9's HTTP API, in the form that its own client uses: the API key is in the path, a body may be a form, and the plugin
 * parses the response itself.
 */
public final class PluginRoutes {

    /** Not application/json: Cloud9's HTTP client would parse that, and its plugin API would then parse the result again. */
    private static final String DOCUMENT_TYPE = "text/json; charset=utf-8";

    /** Created with the first document: a start does not wait for it. */
    private static final class Documents {
        private static final JsonMapper JSON = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private final PluginData data;

    public PluginRoutes(PluginData data) {
        this.data = data;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/user/persistent/{apiKey}", withApiKey(ctx -> new PluginContext.User(userOf(ctx)), this::get)),
                Route.put(
                        "/user/persistent/{apiKey}", withApiKey(ctx -> new PluginContext.User(userOf(ctx)), this::set)),
                Route.get(
                        "/projects/{workspaceId}/persistent/{apiKey}", withApiKey(PluginRoutes::workspace, this::get)),
                Route.put(
                        "/projects/{workspaceId}/persistent/{apiKey}", withApiKey(PluginRoutes::workspace, this::set)),
                Route.get("/{context}/persistent/{apiKey}", withApiKey(PluginRoutes::unknown, this::get)),
                Route.put("/{context}/persistent/{apiKey}", withApiKey(PluginRoutes::unknown, this::set)),
                Route.get("/{context}/{id}/persistent/{apiKey}", withApiKey(PluginRoutes::unknown, this::get)),
                Route.put("/{context}/{id}/persistent/{apiKey}", withApiKey(PluginRoutes::unknown, this::set)),
                Route.get("/settings/user", settings(this::getSettings, ctx -> new SettingsScope.User(userOf(ctx)))),
                Route.put("/settings/user", settings(this::setSettings, ctx -> new SettingsScope.User(userOf(ctx)))),
                Route.get("/settings/project/{pid}", settings(this::getSettings, PluginRoutes::project)),
                Route.put("/settings/project/{pid}", settings(this::setSettings, PluginRoutes::project)),
                Route.get("/settings/state/{pid}", settings(this::getSettings, PluginRoutes::state)),
                Route.put("/settings/state/{pid}", settings(this::setSettings, PluginRoutes::state)));
    }

    private interface PrivateDataHandler {
        void handle(Context ctx, String apiKey, PluginContext context) throws IOException;
    }

    private interface SettingsHandler {
        void handle(Context ctx, SettingsScope scope) throws IOException;
    }

    /** Checks the API key before anything else, so that no other error is shown without a valid key (INST-6). */
    private Handler withApiKey(Function<Context, PluginContext> contextOf, PrivateDataHandler handler) {
        return withErrorMessage(ctx -> {
            String apiKey = ctx.pathParam("apiKey");
            data.checkKey(apiKey);
            handler.handle(ctx, apiKey, contextOf.apply(ctx));
        });
    }

    private Handler settings(SettingsHandler handler, Function<Context, SettingsScope> scopeOf) {
        return withErrorMessage(ctx -> handler.handle(ctx, scopeOf.apply(ctx)));
    }

    private static PluginContext workspace(Context ctx) {
        return new PluginContext.Workspace(ctx.pathParam("workspaceId"));
    }

    private static PluginContext unknown(Context ctx) {
        throw new StorageException(
                ErrorCode.INVALID_REQUEST,
                "The context is unknown. Use /user/persistent/{apiKey} or"
                        + " /projects/{workspaceId}/persistent/{apiKey}. (PRIV-2)");
    }

    private static SettingsScope project(Context ctx) {
        return new SettingsScope.Project(ctx.pathParam("pid"));
    }

    private static SettingsScope state(Context ctx) {
        return new SettingsScope.State(ctx.pathParam("pid"));
    }

    private void get(Context ctx, String apiKey, PluginContext context) throws IOException {
        respond(ctx, data.getPrivate(apiKey, context));
    }

    private void set(Context ctx, String apiKey, PluginContext context) throws IOException {
        data.setPrivate(apiKey, context, readDocument(ctx, "data"));
        respondDone(ctx);
    }

    private void getSettings(Context ctx, SettingsScope scope) throws IOException {
        respond(ctx, data.getSettings(scope));
    }

    private void setSettings(Context ctx, SettingsScope scope) throws IOException {
        data.setSettings(scope, readDocument(ctx, "settings"));
        respondDone(ctx);
    }

    private static void respond(Context ctx, Optional<JsonDocument> document) throws IOException {
        String json = document.map(JsonDocument::json).orElse("null");
        ResponseWriter.write(ctx, DOCUMENT_TYPE, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void respondDone(Context ctx) throws IOException {
        ResponseWriter.write(ctx, DOCUMENT_TYPE, "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the user name of the HTTP Basic credentials; {@code default} without credentials. The password is ignored. */
    private static String userOf(Context ctx) {
        String header = ctx.req().getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return "default";
        }
        try {
            String credentials =
                    new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
            int colon = credentials.indexOf(':');
            String name = colon < 0 ? credentials : credentials.substring(0, colon);
            return name.isEmpty() ? "default" : name;
        } catch (IllegalArgumentException notBase64) {
            throw OperationArguments.refused("The Basic credentials in the Authorization header are not valid Base64.");
        }
    }

    /** Reads the member {@code data} or {@code settings} of JSON or of a form. Cloud9's client sends a form. */
    private static JsonDocument readDocument(Context ctx, String member) {
        BodyHeaders.checkUtf8(ctx);
        BodyHeaders.checkNotCompressed(ctx);
        byte[] bytes = RequestBody.read(ctx);
        HeapGuard.OF_THIS_JVM.requireRoomFor(bytes.length);
        int start = ByteOrderMark.lengthIn(bytes);
        String body = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
        String contentType = ctx.req().getHeader("Content-Type");
        boolean isForm = contentType != null
                && contentType.startsWith("application/x-www-form-urlencoded")
                && !body.stripLeading().startsWith("{");
        return isForm ? fromForm(body, member) : fromJson(body, member);
    }

    private static JsonDocument fromJson(String body, String member) {
        JsonNode object;
        try {
            object = Documents.JSON.readTree(body);
        } catch (JsonProcessingException invalid) {
            throw OperationArguments.refused("The body is not valid JSON.");
        }
        if (!object.isObject() || !object.has(member) || object.size() > 1) {
            throw OperationArguments.refused("The body must be a JSON object whose only member is " + member + ".");
        }
        // Parses the text again, because a JsonNode would change the digits of numbers.
        return JsonDocument.parse(
                object.path(member).isTextual() ? object.path(member).asText() : onlyMember(body));
    }

    /** Returns the text of the value of an object's only member. */
    private static String onlyMember(String body) {
        return body.substring(body.indexOf(':') + 1, body.lastIndexOf('}'));
    }

    private static JsonDocument fromForm(String body, String member) {
        List<String> values = new ArrayList<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decode(pair.substring(0, equals)).equals(member)) {
                values.add(decode(pair.substring(equals + 1)));
            }
        }
        if (values.size() != 1) {
            throw OperationArguments.refused(
                    "The form must have exactly one field " + member + "; it has " + values.size() + ".");
        }
        return JsonDocument.parse(values.get(0));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException invalidEscape) {
            throw OperationArguments.refused("The form has an invalid % escape.");
        }
    }

    /** Adds {@code error.message}, which Cloud9's client reads, and only if the response is application/json. */
    private static Handler withErrorMessage(Handler handler) {
        return ctx -> {
            try {
                handler.handle(ctx);
            } catch (StorageException refusal) {
                Map<String, Object> members = new LinkedHashMap<>(ProblemDocuments.members(refusal));
                members.put("error", Map.of("message", String.valueOf(refusal.getMessage())));
                String accept = ctx.req().getHeader("Accept");
                boolean asksForJson = accept != null && accept.startsWith("application/json");
                ProblemDocuments.write(
                        ctx, refusal, asksForJson ? "application/json" : ProblemDocuments.MEDIA_TYPE, members);
            }
        };
    }
}
