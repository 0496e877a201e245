package dev.stowage.data;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says what an error of SQLite means for the user, and what to do. Codes: <a href="https://www.sqlite.org/rescode.html">SQLite</a>. */
final class SqliteProblems {

    /** The lowest byte of a code is its kind; the others are the details. */
    private static final int KIND = 0xff;

    private SqliteProblems() {}

    /** An {@code unavailable} whose message is one or more whole sentences. */
    static StorageException translate(DataFolder folder, SQLException problem) {
        return new StorageException(ErrorCode.UNAVAILABLE, sentence(folder, problem), problem);
    }

    private static String sentence(DataFolder folder, SQLException problem) {
        String details = " (" + problem.getMessage() + ")";
        return switch (problem.getErrorCode() & KIND) {
            case 13 -> "The disk of " + folder + " is full.";
            case 10 -> "The disk of " + folder + " reported an error" + details + ".";
            case 3, 8, 14 ->
                folder.database() + " can't be opened or written" + details
                        + ". Check the permissions of the directory and whether its disk is read-only.";
            case 5, 6 ->
                folder.database()
                        + " is locked by another program, for example by an open transaction in SQLite's shell."
                        + " End that transaction.";
            case 11, 26 -> damaged(folder, String.valueOf(problem.getMessage()));
            default -> "SQLite failed in " + folder + details + ".";
        };
    }

    /** An {@code unavailable}: the content of the file is not what this program has written. */
    static StorageException damaged(DataFolder folder, String problem, @Nullable Throwable cause) {
        return new StorageException(ErrorCode.UNAVAILABLE, damaged(folder, problem), cause);
    }

    private static String damaged(DataFolder folder, String problem) {
        return folder.database() + " is damaged: " + problem
                + ". It was left in place. Restore it from a backup, or choose another directory.";
    }
}
