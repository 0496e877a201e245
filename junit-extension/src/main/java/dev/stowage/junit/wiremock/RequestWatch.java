package dev.stowage.junit.wiremock;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.junit.DslWrapper;
import dev.stowage.junit.stale.StaleValues;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Tells a test's {@link StaleValues} what passes a stub, until it is closed. */
public final class RequestWatch implements AutoCloseable {

    /** Who watches which server; one listener for each server, since WireMock can't remove one. */
    private static final Map<WireMockServer, Set<RequestWatch>> WATCHED =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final Set<RequestWatch> watches;
    private final Supplier<StaleValues> staleValues;

    private RequestWatch(Set<RequestWatch> watches, Supplier<StaleValues> staleValues) {
        this.watches = watches;
        this.staleValues = staleValues;
    }

    /**
     * Watches a stub.
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
        server.addMockServiceRequestListener((request, response) -> passed(watches, request, response));
        return watches;
    }

    private static void passed(Set<RequestWatch> watches, Request request, Response response) {
        // Whose request it was can't be told while several tests watch: then nobody is accused.
        if (watches.size() == 1) {
            watches.forEach(watch -> watch.passed(request, response));
        } else {
            watches.forEach(watch -> watch.staleValues.get().answered(text(response)));
        }
    }

    private void passed(Request request, Response response) {
        StaleValues values = staleValues.get();
        values.requested(request.getMethod() + " " + path(request), RequestTexts.of(request));
        values.answered(text(response));
    }

    private static String text(Response response) {
        String body = response.getBodyAsString();
        return response.getHeaders() + "\n" + (body == null ? "" : body);
    }

    /** Without the query, where secrets may be. */
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
        throw new ExtensionConfigurationException("@WatchRequests stands on a "
                + stub.getClass().getName()
                + "; it is for a WireMockServer, or a WireMockExtension that was started (a static one, or registered before"
                + " StorageEmulator).");
    }

    /** WireMock's extension keeps its server to itself. */
    private static Object adminOf(DslWrapper extension) {
        try {
            Field admin = DslWrapper.class.getDeclaredField("admin");
            admin.setAccessible(true);
            return admin.get(extension);
        } catch (ReflectiveOperationException changed) {
            throw new ExtensionConfigurationException(
                    "This version of WireMock hides the server of its extension. Start a WireMockServer yourself, and put"
                            + " @WatchRequests on that.",
                    changed);
        }
    }

    @Override
    public void close() {
        watches.remove(this);
    }
}
