package dev.stowage.emulator.http;

import dev.stowage.emulator.service.BrokenDelivery;
import dev.stowage.emulator.service.BrokenDelivery.How;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The connection that a request came by. */
final class Connection {

    private Connection() {}

    /** Where the other end is: for the journal. */
    static String clientOf(Context ctx) {
        HttpServletRequest request = ctx.req();
        return request.getRemoteAddr() + ":" + request.getRemotePort();
    }

    /** Breaks the answer as the fault says: by ending the connection, or by an answer that is none. */
    static void breakUp(Context ctx, BrokenDelivery broken) throws IOException {
        if (broken.how() == How.GARBLED) {
            Bytes.write(ctx.res(), "application/json", "{\"result\":{\"gar\u0000bled".getBytes(StandardCharsets.UTF_8));
        } else {
            ServletContextRequest.getServletContextRequest(ctx.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
        }
    }
}
