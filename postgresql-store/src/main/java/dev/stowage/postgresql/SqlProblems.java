package dev.stowage.postgresql;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the errors of the database mean. They are told apart by SQLSTATE. */
final class SqlProblems {

    private SqlProblems() {}

    /** Whether the server says that the transaction was rolled back because of another one. */
    static boolean rolledBackToTryAgain(SQLException problem) {
        return stateOf(problem).startsWith("40");
    }

    /** Whether the server has refused the statement, and so has rolled back its transaction. */
    static boolean wasRolledBack(SQLException problem) {
        String state = stateOf(problem);
        // 22 data, 23 constraint, 25 transaction state, 40 rollback, 42 syntax or access, 53 resources, 54 limits,
        // 55 state of an object, 57014 cancelled, for example by the time limit.
        return state.startsWith("22")
                || state.startsWith("23")
                || state.startsWith("25")
                || state.startsWith("40")
                || state.startsWith("42")
                || state.startsWith("53")
                || state.startsWith("54")
                || state.startsWith("55")
                || state.equals("57014");
    }

    /** Whether a later try can succeed. */
    static boolean mayPass(SQLException problem) {
        return !wasRolledBack(problem)
                || rolledBackToTryAgain(problem)
                || stateOf(problem).startsWith("53");
    }

    private static String stateOf(SQLException problem) {
        String state = problem.getSQLState();
        return state == null ? "" : state;
    }

    /** The refusal of a start. */
    static StorageException atStart(ConnectionSettings settings, Exception problem) {
        SQLException cause = sqlCauseOf(problem);
        String state = cause == null ? "" : stateOf(cause);
        // 28 is about the credentials, 3D about the database, 42 about what the user may do.
        boolean wrong = state.startsWith("28") || state.startsWith("3D") || state.startsWith("42");
        return new StorageException(
                wrong ? ErrorCode.INVALID_REQUEST : ErrorCode.UNAVAILABLE,
                "The store " + settings + " can't be opened: " + reason(cause == null ? problem : cause) + ".",
                problem);
    }

    private static @Nullable SQLException sqlCauseOf(@Nullable Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql;
            }
        }
        return null;
    }

    /** The first line of the message that tells most. */
    static String reason(Throwable problem) {
        SQLException cause = sqlCauseOf(problem);
        String message = String.valueOf((cause == null ? problem : cause).getMessage());
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
