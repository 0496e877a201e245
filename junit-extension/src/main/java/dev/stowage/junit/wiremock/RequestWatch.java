package dev.stowage.junit.wiremock;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.junit.DslWrapper;
import dev.stowage.emulator.stale.RequestTexts;
import dev.stowage.emulator.stale.StaleValues;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Passes the requests and responses of a stub to a test's {@link StaleValues}, until it is closed. */
public final class RequestWatch implements AutoCloseable {

    /** The watches of each server, which has one listener because WireMock cannot remove listeners. */
    private static final Map<WireMockServer, Set<RequestWatch>> WATCHED =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final Set<RequestWatch> watches;
    private final Supplier<StaleValues> staleValues;

    private RequestWatch(Set<RequestWatch> watches, Supplier<StaleValues> staleValues) {
        this.watches = watches;
        this.staleValues = staleValues;
    }

    /**
     * Starts to watch a stub.
     *
     * @param stub a {@code WireMockServer} or a {@code WireMockExtension}
     */
    public static RequestWatch of(Object stub, Supplier<StaleValues> staleValues) {
        Set<RequestWatch> watches = WATCHED.computeIfAbsent(serverOf(stub), RequestWatch::listenTo);
        RequestWatch watch = new RequestWatch(watches, staleValues);
        watches.add(watch);
        return watch;
    }

    private static Set<RequestWatch> listenTo(WireMockServer server) {
        Set<RequestWatch> watches = new CopyOnWriteArraySet<>();
        server.addMockServiceRequestListener((request, response) -> onRequest(watches, request, response));
        return watches;
    }

    private static void onRequest(Set<RequestWatch> watches, Request request, Response response) {
        // While several tests watch the stub, their requests cannot be told apart, so none is checked.
        if (watches.size() == 1) {
            watches.forEach(watch -> watch.onRequest(request, response));
        } else {
            watches.forEach(watch -> watch.staleValues.get().responded(text(response)));
        }
    }

    private void onRequest(Request request, Response response) {
        StaleValues values = staleValues.get();
        values.requested(
                request.getMethod() + " " + path(request),
                RequestTexts.of(request.getUrl(), headers(request), request.getBodyAsString()));
        values.responded(text(response));
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.getHeaders().all().forEach(header -> headers.put(header.key(), String.join("\n", header.values())));
        return headers;
    }

    private static String text(Response response) {
        String body = response.getBodyAsString();
        return response.getHeaders() + "\n" + (body == null ? "" : body);
    }

    /** The path without the query, which may contain secrets. */
    private static String path(Request request) {
        return request.getUrl().replaceFirst("\\?.*", "");
    }

    private static WireMockServer serverOf(Object stub) {
        if (stub instanceof WireMockServer server) {
            return server;
        }
        if (stub instanceof DslWrapper extension && adminOf(extension) instanceof WireMockServer server) {
            return server;
        }
        throw new ExtensionConfigurationException("@WatchRequests does not support a "
                + stub.getClass().getName()
                + ". The field must hold a WireMockServer, or a WireMockExtension that was started (a static one, or registered"
                + " before StorageEmulator).");
    }

    /** Reads the server from WireMock's extension, which has no accessor for it. */
    private static Object adminOf(DslWrapper extension) {
        try {
            Field admin = DslWrapper.class.getDeclaredField("admin");
            admin.setAccessible(true);
            return admin.get(extension);
        } catch (ReflectiveOperationException changed) {
            throw new ExtensionConfigurationException(
                    "The server of the WireMockExtension is not accessible in this version of WireMock. Start a WireMockServer"
                            + " yourself, and put @WatchRequests on its field.",
                    changed);
        }
    }

    @Override
    public void close() {
        watches.remove(this);
    }
}
