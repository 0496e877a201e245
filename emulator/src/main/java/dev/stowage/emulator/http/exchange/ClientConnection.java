package dev.stowage.emulator.http.exchange;

import dev.stowage.emulator.service.ResponseLossException;
import dev.stowage.emulator.service.ResponseLossException.Kind;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.ConnectionMetaData;

/** The connection that a request came by. */
public final class ClientConnection {

    private static final String CLIENT = ClientConnection.class.getName() + ".client";

    private ClientConnection() {}

    /** Where the other end is: for the journal. Made once for a connection, not for every request. */
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

    /** Breaks the answer as the fault says: by ending the connection, or by an answer that is none. */
    public static void breakResponse(Context ctx, ResponseLossException loss) throws IOException {
        if (loss.kind() == Kind.MALFORMED) {
            ResponseWriter.write(
                    ctx.res(), "application/json", "{\"result\":{\"gar\u0000bled".getBytes(StandardCharsets.UTF_8));
        } else {
            metaData(ctx).getConnection().getEndPoint().close();
        }
    }
}
