package dev.stowage.standalone;

import static dev.stowage.standalone.CommandLineProcess.failure;
import static dev.stowage.standalone.CommandLineProcess.readUntilReady;
import static dev.stowage.standalone.CommandLineProcess.start;
import static dev.stowage.standalone.CommandLineProcess.terminate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.emulator.Emulator;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ready file: what it replaces, who can read it, and when it is deleted. */
@Timeout(60)
class ReadyFileTest {

    @TempDir
    Path folder;

    private Process startWith(Path ready) throws Exception {
        return start(Map.of(), "--port", "0", "--ready-file", ready.toString());
    }

    @Test
    void whatIsNotARegularFileIsRefusedAndStays() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("directory"));
        Path target = Files.writeString(folder.resolve("target"), "content");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        for (Path path : new Path[] {directory, link, Path.of("/dev/null")}) {
            assumeTrue(Files.exists(path));
            Process process = startWith(path);
            assertThat(failure(process)).contains(path.toString(), "not a regular file");
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(path).exists();
        }
        assertThat(target).hasContent("content");
    }

    @Test
    void aPipeIsRefusedAndStays() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        assertThat(failure(startWith(pipe))).contains("not a regular file");
        assertThat(pipe).exists();
    }

    @Test
    void onlyTheOwnerCanReadIt() throws Exception {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path ready = Files.writeString(folder.resolve("ready.json"), "of an earlier run");
        Files.setPosixFilePermissions(ready, PosixFilePermissions.fromString("rw-r--r--"));
        Process process = startWith(ready);
        readUntilReady(process);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ready)))
                .isEqualTo("rw-------");
        terminate(process);
    }

    @Test
    void theFileOfAnotherEmulatorThatRunsIsNotReplaced() throws Exception {
        Path ready = folder.resolve("ready.json");
        Process first = startWith(ready);
        readUntilReady(first);
        byte[] content = Files.readAllBytes(ready);
        Process second = startWith(ready);
        assertThat(failure(second)).contains("another emulator");
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(ready).hasBinaryContent(content);
        terminate(first);
        assertThat(ready).doesNotExist();
    }

    /** A script that waits for the file must not take an old one for that of an emulator that did not start. */
    @Test
    void anOldFileIsDeletedEvenIfTheStartFails() throws Exception {
        Path ready = Files.writeString(folder.resolve("ready.json"), "of an earlier run");
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(failure(start(Map.of(), "--port", port, "--ready-file", ready.toString())))
                    .contains("in use");
        }
        assertThat(ready).doesNotExist();
    }

    @Test
    void theFileOfAKilledEmulatorIsReplaced() throws Exception {
        Path ready = folder.resolve("ready.json");
        Process first = startWith(ready);
        readUntilReady(first);
        first.destroyForcibly().waitFor();
        assertThat(ready).exists();
        Process second = startWith(ready);
        readUntilReady(second);
        assertThat(new ObjectMapper().readTree(ready.toFile()).path("pid").asLong())
                .isEqualTo(second.pid());
        terminate(second);
        assertThat(ready).doesNotExist();
    }

    @Test
    void aFileThatIsNoLongerItsOwnIsNotDeleted() throws Exception {
        Path ready = folder.resolve("ready.json");
        Process process = startWith(ready);
        readUntilReady(process);
        Files.writeString(ready, "of another emulator");
        assertThat(terminate(process)).isEmpty();
        assertThat(ready).hasContent("of another emulator");
    }

    /** As if a signal came while the emulator starts: nobody would delete the file. */
    @Test
    void itIsNotWrittenAfterTheEnd() {
        Path path = folder.resolve("ready.json");
        ReadyFile ready = new ReadyFile(path);
        try (Emulator emulator = Emulator.start()) {
            ready.delete();
            ready.write(emulator, emulator.install());
        }
        assertThat(path).doesNotExist();
    }

    @RepeatedTest(5)
    void aSignalRightAfterTheFileAppearsEndsWithStatus0AndWithoutTheFile() throws Exception {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process process = startWith(folder.resolve("ready.json"));
            // The first event is the draft of the file: the signal comes before or during the rename.
            assertThat(watch.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(terminate(process)).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatCanNotBeDeletedIsReportedInOneLine() throws Exception {
        Path parent = Files.createDirectory(folder.resolve("parent"));
        Path ready = parent.resolve("ready.json");
        Process process = startWith(ready);
        readUntilReady(process);
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("r-xr-xr-x"));
        boolean mayDelete = Files.isWritable(parent);
        String error = terminate(process);
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        // The superuser may delete it in any folder.
        if (mayDelete) {
            assertThat(error).isEmpty();
        } else {
            assertThat(error.lines()).hasSize(1);
            assertThat(error).contains("Cannot delete the ready file", ready.toString());
        }
    }
}
