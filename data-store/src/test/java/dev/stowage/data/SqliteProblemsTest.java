package dev.stowage.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each error of SQLite that a user can cause and cure has its own sentence. */
class SqliteProblemsTest {

    @TempDir
    private Path parent;

    @ParameterizedTest
    @CsvSource({
        "13, The disk of DIR is full.",
        "10, The disk of DIR reported an error (why).",
        // With the details of the failed call in the higher bytes.
        "1034, The disk of DIR reported an error (why).",
        "8, DIR/stowage.db can't be opened or written (why). Check the permissions",
        "14, DIR/stowage.db can't be opened or written (why). Check the permissions",
        "5, 'DIR/stowage.db is locked by another program, for example by an open transaction'",
        "261, 'DIR/stowage.db is locked by another program, for example by an open transaction'",
        "11, DIR/stowage.db is damaged: why. It was left in place. Restore it",
        "26, DIR/stowage.db is damaged: why. It was left in place. Restore it",
        "21, SQLite failed in DIR (why)."
    })
    void saysWhatTheErrorMeans(int code, String expected) throws Exception {
        DataFolder folder = DataFolder.prepare(parent.resolve("data"));
        SQLException problem = new SQLException("why", null, code);
        StorageException translated = SqliteProblems.translate(folder, problem);
        assertThat(translated)
                .hasMessageStartingWith(expected.replace("DIR", folder.toString()))
                .hasCause(problem);
        assertThat(translated.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }
}
