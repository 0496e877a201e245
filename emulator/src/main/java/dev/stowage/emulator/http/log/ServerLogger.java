package dev.stowage.emulator.http.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Logs warnings and errors to the {@link System.Logger} of the same name. Lower levels are off for good: Jetty logs its start at
 * INFO, and asks for DEBUG several times a request.
 *
 * <p>The {@link System.Logger} is looked up for each message, so that a run without a message sets up no logging system.
 */
final class ServerLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

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
        return true;
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
        System.getLogger(getName())
                .log(
                        level == Level.ERROR ? System.Logger.Level.ERROR : System.Logger.Level.WARNING,
                        MessageFormatter.basicArrayFormat(message, arguments),
                        problem);
    }
}
