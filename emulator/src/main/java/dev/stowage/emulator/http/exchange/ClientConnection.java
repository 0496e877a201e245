package dev.stowage.emulator.http.exchange;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Accesses the connection of a request. */
public final class ClientConnection {

    private static final String ACTOR = "Stowage-Actor";
    /** The maximum length of the name that a client gives itself. */
    public static final int LONGEST_ACTOR = 100;

    private static final String CLIENT = ClientConnection.class.getName() + ".client";

    private ClientConnection() {}

    /**
     * Returns the name that the client gives itself with the header {@value #ACTOR}, else its address and port, for the journal and for
     * holds.
     *
     * @throws StorageException {@code invalid_request} if the name is too long, or not printable ASCII; an empty header is none
     */
    public static String clientOf(Request request) {
        @Nullable String actor = request.getHeaders().get(ACTOR);
        return actor == null || actor.isEmpty() ? addressOf(request) : checked(actor);
    }

    private static String checked(String actor) {
        if (!isNameable(actor)) {
            throw new StorageException(
                    ErrorCode.INVALID_REQUEST,
                    "The header " + ACTOR + " may have at most " + LONGEST_ACTOR
                            + " characters, all of them printable ASCII; it has " + actor.length() + ".");
        }
        return actor;
    }

    private static boolean isNameable(String text) {
        return text.length() <= LONGEST_ACTOR && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** Whether a client can give itself this name, and the name is not blank. */
    public static boolean isActorName(String text) {
        return !text.isBlank() && isNameable(text);
    }

    /** The text is created once a connection. */
    private static String addressOf(Request request) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (connection.getAttribute(CLIENT) instanceof String known) {
            return known;
        }
        String client = Request.getRemoteAddr(request) + ":" + Request.getRemotePort(request);
        connection.setAttribute(CLIENT, client);
        return client;
    }

    /** Closes the connection without a response. */
    public static void close(Context ctx) {
        close(ServletContextRequest.getServletContextRequest(ctx.req()));
    }

    /** Closes the connection without a response. */
    static void close(Request request) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }
}
