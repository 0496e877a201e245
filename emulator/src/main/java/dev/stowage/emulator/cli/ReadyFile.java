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

/** Tells whoever started the emulator that it answers, and how to reach it; there whole, or not at all. */
final class ReadyFile {

    private final @Nullable Path file;

    ReadyFile(@Nullable Path file) {
        this.file = file == null ? null : file.toAbsolutePath();
    }

    /** Takes away the file of an earlier run, so that nobody takes it for this one's. */
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
                "The ready file " + file + " can't be written. Does its folder exist, and may you write there?",
                problem);
    }
}
