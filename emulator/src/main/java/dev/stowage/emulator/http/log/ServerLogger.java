package dev.stowage.emulator.http.log;

import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Logs warnings and errors to the {@link System.Logger} of the same name. Lower levels are off for good: Jetty logs its start at
 * INFO, and asks for DEBUG several times a request.
 *
 * <p>The warnings of classes that parse requests are dropped: they are about a malformed request, which is the client's mistake and is
 * refused with a status of 400.
 *
 * <p>A warning about a connection that has ended is logged at DEBUG: nobody is left who could receive the response. Jetty warns of it
 * while the server stops, and when a client hangs up.
 *
 * <p>The {@link System.Logger} is looked up for each message, so that a run without a message sets up no logging system.
 */
final class ServerLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    private static final int MAX_CAUSES = 8;
    private static final List<Class<? extends Exception>> ENDS_OF_CONNECTION =
            List.of(ClosedChannelException.class, EofException.class, TimeoutException.class);
    private static final Set<String> PARSERS = Set.of(HttpParser.class.getName(), HostPort.class.getName());

    ServerLogger(String name) {
        this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return !PARSERS.contains(getName());
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return ServerLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable problem) {
        String text = MessageFormatter.basicArrayFormat(message, arguments);
        System.getLogger(getName()).log(levelOf(level, text, problem), text, problem);
    }

    private static System.Logger.Level levelOf(Level level, @Nullable String text, @Nullable Throwable problem) {
        if (level == Level.ERROR) {
            return System.Logger.Level.ERROR;
        }
        return isEndOfConnection(problem, 0) || isEndOfConnection(text)
                ? System.Logger.Level.DEBUG
                : System.Logger.Level.WARNING;
    }

    /** True if the text is a problem that is logged without its stack trace. */
    private static boolean isEndOfConnection(@Nullable String text) {
        return text != null && ENDS_OF_CONNECTION.stream().anyMatch(end -> text.startsWith(end.getName()));
    }

    /** True if the problem, its cause or a suppressed one is that the connection was closed or timed out. */
    private static boolean isEndOfConnection(@Nullable Throwable problem, int depth) {
        if (problem == null || depth > MAX_CAUSES) {
            return false;
        }
        if (ENDS_OF_CONNECTION.stream().anyMatch(end -> end.isInstance(problem))) {
            return true;
        }
        for (Throwable suppressed : problem.getSuppressed()) {
            if (isEndOfConnection(suppressed, depth + 1)) {
                return true;
            }
        }
        return isEndOfConnection(problem.getCause(), depth + 1);
    }
}
