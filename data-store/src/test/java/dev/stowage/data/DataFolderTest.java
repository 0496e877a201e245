package dev.stowage.data;

import static dev.stowage.data.Storages.open;
import static dev.stowage.data.Storages.read;
import static dev.stowage.data.Storages.refusal;
import static dev.stowage.data.Storages.writeMany;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stowage.storage.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders are used, and who can access them. */
class DataFolderTest {

    @TempDir
    private Path parent;

    @Test
    void theFolderAndItsFilesBelongToTheUserAlone() throws Exception {
        Path folder = parent.resolve("data");
        try (SqliteStorage storage = open(folder)) {
            storage.write(writeMany(Storages.NOTES, 10));

            assertThat(mode(folder)).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files)
                        .map(file -> file.getFileName() + " " + mode(file))
                        .containsExactlyInAnyOrder(
                                "stowage.db rw-------",
                                "stowage.db-wal rw-------",
                                "stowage.db-shm rw-------",
                                "lock rw-------");
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .map(Path::getFileName)
                    .map(Path::toString)
                    .containsExactlyInAnyOrder("stowage.db", "lock");
        }
    }

    /** As in a container whose default is that everybody may write. */
    @Test
    void aWideUmaskMakesNoFileWider() throws Exception {
        Path folder = parent.resolve("data");
        ChildProcess.runWithUmask("000", "crash", folder, "3");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .map(file -> file.getFileName() + " " + mode(file))
                    .containsExactlyInAnyOrder(
                            "stowage.db rw-------",
                            "stowage.db-wal rw-------",
                            "stowage.db-shm rw-------",
                            "lock rw-------");
        }
        assertThat(mode(folder)).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx-----x", "rwxrwxrwx"})
    void aFolderThatOthersCanAccessIsRefused(String mode) throws Exception {
        Path folder = Files.createDirectory(parent.resolve("my data"));
        set(folder, mode);

        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(folder)))
                .endsWith("Run: chmod 700 '" + folder.toRealPath() + "'");
        assertThat(folder).isEmptyDirectory();
        set(folder, "rwx------");
        assertThat(read(folder).records()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stowage.db", "stowage.db-wal", "stowage.db-shm", "lock"})
    void aFileThatOthersCanReadIsRefused(String name) throws Exception {
        Path folder = parent.resolve("data");
        ChildProcess.run("crash", folder, "3");
        Path file = folder.toRealPath().resolve(name);
        set(file, "rw-r-----");
        var before = Storages.bytes(folder);

        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(folder))).endsWith("Run: chmod 600 " + file);
        assertThat(Storages.bytes(folder)).isEqualTo(before);
        set(file, "rw-------");
        assertThat(read(folder).records()).hasSize(3);
    }

    @Test
    void aPathThatIsNoFolderIsRefused() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));
        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(file)))
                .isEqualTo("The data directory " + file + " is a file, not a folder. Choose another path.");
        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(file.resolve("data"))))
                .isEqualTo(
                        "The data directory " + file + "/data can't be created: " + file + " is a file, not a folder.");
        Path missing = parent.resolve("missing");
        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(missing.resolve("data"))))
                .isEqualTo("The data directory " + missing + "/data can't be created: " + missing
                        + " does not exist. Create that folder first.");
        Path loop = parent.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(loop))).contains(loop + " is a symbolic link that");
        Path dangling = Files.createSymbolicLink(parent.resolve("dangling"), missing);
        assertThat(refusal(ErrorCode.INVALID_REQUEST, () -> open(dangling)))
                .isEqualTo("The data directory " + dangling + " is a symbolic link to a path that does not exist.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a?b=c&mode=memory", "100% %41", "file:x", "ä 😀", "#;'\""})
    void aPathMayHaveAnyCharacter(String name) {
        Path folder = parent.resolve(name);
        try (SqliteStorage storage = open(folder)) {
            storage.write(writeMany(Storages.NOTES, 1));
            assertThat(folder.resolve("stowage.db-wal")).isNotEmptyFile();
        }
        assertThat(read(folder).records()).hasSize(1);
        assertThat(parent)
                .isDirectoryContaining(path -> path.getFileName().toString().equals(name));
        assertThat(parent.toFile().list()).hasSize(1);
    }

    @Test
    void aSymbolicLinkToAFolderIsFollowed() throws Exception {
        Path folder = parent.resolve("data");
        Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
        try (SqliteStorage storage = open(folder)) {
            assertThat(refusal(ErrorCode.UNAVAILABLE, () -> open(link))).contains("is in use");
            storage.write(writeMany(Storages.NOTES, 1));
        }
        assertThat(read(link).records()).hasSize(1);
    }

    @Test
    void aReadOnlyFolderIsRefused() throws Exception {
        assumeFalse(Files.isWritable(Path.of("/")), "root can write everywhere");
        Path folder = Files.createDirectory(parent.resolve("data"));
        set(folder, "r-x------");
        assertThat(refusal(ErrorCode.UNAVAILABLE, () -> open(folder)))
                .isEqualTo(folder.toRealPath()
                        + " can't be written: it or its disk is read-only for this user. Choose another directory.");
        assertThat(refusal(ErrorCode.UNAVAILABLE, () -> open(folder.resolve("inside"))))
                .isEqualTo("The data directory " + folder + "/inside can't be created: permission denied.");
    }

    @Test
    void theNativeLibraryIsNotLeftBehind() throws Exception {
        Path folder = parent.resolve("data");
        Path temporary = Files.createDirectory(parent.resolve("tmp"));
        ChildProcess.runWithTemporaryFolder(temporary, "crash", folder, "1");
        assertThat(temporary).isEmptyDirectory();
        assertThat(folder.resolve("tmp")).doesNotExist();
        // What an earlier version, or Windows, has left.
        Files.createDirectory(folder.resolve("tmp"));
        Files.createFile(folder.resolve("tmp/sqlite-library"));
        read(folder);
        assertThat(folder.resolve("tmp")).doesNotExist();
    }

    private static void set(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
