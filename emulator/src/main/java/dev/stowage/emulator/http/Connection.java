package dev.stowage.emulator.http;

import dev.stowage.emulator.service.BrokenDelivery;
import dev.stowage.emulator.service.BrokenDelivery.How;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.ConnectionMetaData;

/** The connection that a request came by. */
final class Connection {

    private static final String CLIENT = Connection.class.getName() + ".client";

    private Connection() {}

    /** Where the other end is: for the journal. Made once for a connection, not for every request. */
    static String clientOf(Context ctx) {
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
    static void breakUp(Context ctx, BrokenDelivery broken) throws IOException {
        if (broken.how() == How.GARBLED) {
            Bytes.write(ctx.res(), "application/json", "{\"result\":{\"gar\u0000bled".getBytes(StandardCharsets.UTF_8));
        } else {
            metaData(ctx).getConnection().getEndPoint().close();
        }
    }
}
