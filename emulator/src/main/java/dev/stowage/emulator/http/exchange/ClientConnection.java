package dev.stowage.emulator.http.exchange;

import dev.stowage.emulator.service.ResponseLossException;
import dev.stowage.emulator.service.ResponseLossException.Kind;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.ConnectionMetaData;

/** Accesses the connection of a request. */
public final class ClientConnection {

    private static final String CLIENT = ClientConnection.class.getName() + ".client";

    private ClientConnection() {}

    /** Returns the client's address and port, for the journal. The text is created once a connection. */
    public static String clientOf(Context ctx) {
        ConnectionMetaData connection = metaData(ctx);
        if (connection.getAttribute(CLIENT) instanceof String known) {
            return known;
        }
        String client = ctx.req().getRemoteAddr() + ":" + ctx.req().getRemotePort();
        connection.setAttribute(CLIENT, client);
        return client;
    }

    private static ConnectionMetaData metaData(Context ctx) {
        return ServletContextRequest.getServletContextRequest(ctx.req()).getConnectionMetaData();
    }

    /** Closes the connection without a response. */
    public static void close(Context ctx) {
        metaData(ctx).getConnection().getEndPoint().close();
    }

    /** Closes the connection without a response, or sends a malformed response, depending on the fault. */
    public static void breakResponse(Context ctx, ResponseLossException loss) throws IOException {
        if (loss.kind() == Kind.MALFORMED) {
            ResponseWriter.write(
                    ctx.res(), "application/json", "{\"result\":{\"gar\u0000bled".getBytes(StandardCharsets.UTF_8));
        } else {
            close(ctx);
        }
    }
}
