package dev.stowage.data;

import static dev.stowage.data.Storages.open;
import static dev.stowage.data.Storages.read;
import static dev.stowage.data.Storages.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.ErrorCode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process, and in it one storage, uses a folder. */
class DirectoryLockTest {

    private static final long OWN_PID = ProcessHandle.current().pid();

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void chooseFolder() {
        folder = parent.resolve("data");
    }

    @Test
    void aSecondStorageOfThisProcessIsRefused() throws Exception {
        try (SqliteStorage storage = open(folder)) {
            storage.write(Storages.writeMany(Storages.NOTES, 1));
            assertThat(refusal(ErrorCode.UNAVAILABLE, () -> open(folder)))
                    .isEqualTo("The data directory " + folder.toRealPath()
                            + " is in use by another emulator of this process (pid " + OWN_PID
                            + "). Close that emulator, or choose another directory.");
            // The refusal must not have released the lock of the first one.
            assertThat(outputOf(ChildProcess.start("hold", folder))).contains("another process (pid " + OWN_PID + ")");
        }
        assertThat(read(folder).records()).hasSize(1);
        assertThat(Files.readString(folder.resolve("lock"))).isEqualTo(OWN_PID + "\n");
    }

    @Test
    void aSecondProcessIsRefused() throws Exception {
        Process first = ChildProcess.start("hold", folder);
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(first.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("open");
            for (int i = 0; i < 2; i++) {
                assertThat(refusal(ErrorCode.UNAVAILABLE, () -> open(folder)))
                        .isEqualTo("The data directory " + folder.toRealPath() + " is in use by another process (pid "
                                + first.pid() + "). Stop it, or choose another directory.");
            }
            first.getOutputStream().close();
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(read(folder).records()).isEmpty();
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void aProcessThatWasKilledLeavesNoLock() throws Exception {
        Process first = ChildProcess.start("hold", folder);
        assertThat(first.inputReader().readLine()).isEqualTo("open");
        first.destroyForcibly().waitFor();
        assertThat(read(folder).records()).isEmpty();
    }

    /** Each class loader has its own set of folders that are in use. */
    @Test
    void anotherClassLoaderIsRefusedToo() throws Exception {
        try (SqliteStorage storage = open(folder);
                var loader = new OwnClassLoader()) {
            Class<?> provider = loader.loadClass(SqliteStorageProvider.class.getName());
            assertThat(provider).isNotEqualTo(SqliteStorageProvider.class);
            Class<?> lock = loader.loadClass(DirectoryLock.class.getName());
            Class<?> dataFolder = loader.loadClass(DataFolder.class.getName());
            var prepare = dataFolder.getDeclaredMethod("prepare", Path.class);
            prepare.setAccessible(true);
            var acquire = lock.getDeclaredMethod("acquire", dataFolder);
            acquire.setAccessible(true);
            Object prepared = prepare.invoke(null, folder);
            assertThat(refusal(ErrorCode.UNAVAILABLE, () -> {
                        try {
                            acquire.invoke(null, prepared);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    }))
                    .contains("another emulator of this process");
            assertThat(outputOf(ChildProcess.start("hold", folder))).contains("another process (pid " + OWN_PID + ")");
            storage.write(Storages.writeMany(Storages.NOTES, 1));
        }
    }

    private static String outputOf(Process process) throws Exception {
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** Loads the classes of this module itself, as an application server does for each application. */
    private static final class OwnClassLoader extends URLClassLoader {

        OwnClassLoader() {
            super(
                    new URL[] {
                        DirectoryLock.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    DirectoryLock.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.stowage.data.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
