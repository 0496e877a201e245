package dev.stowage.emulator.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file that tells the starting process that the emulator is ready and how to reach it. It is written atomically. */
final class ReadyFile {

    private final @Nullable Path file;

    ReadyFile(@Nullable Path file) {
        this.file = file == null ? null : file.toAbsolutePath();
    }

    /** Deletes the file of an earlier run. */
    void remove() {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException problem) {
            throw unwritable(problem);
        }
    }

    void write(Emulator emulator, Install install) {
        if (file == null) {
            return;
        }
        Map<String, Object> ready = new LinkedHashMap<>();
        ready.put("url", emulator.url().toString());
        ready.put("apiKey", install.apiKey());
        ready.put("appKey", emulator.app(install.appId()).appKey());
        ready.put("installId", install.installId());
        ready.put("pid", ProcessHandle.current().pid());
        try {
            Path draft = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            Files.write(draft, new JsonMapper().writeValueAsBytes(ready));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw unwritable(problem);
        }
    }

    private StorageException unwritable(IOException problem) {
        return new StorageException(
                ErrorCode.INVALID_REQUEST,
                "Cannot write the ready file " + file + ". Check that its folder exists and is writable.",
                problem);
    }
}
