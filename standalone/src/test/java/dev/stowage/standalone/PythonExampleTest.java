package dev.stowage.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Emulator;
import dev.stowage.store.RequiredProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example in Python, against an emulator: its output is the one in the guide. */
@Timeout(60)
class PythonExampleTest {

    private static final Path SCRIPT = Path.of("..", "examples", "python", "every_order.py");
    private static final Path GUIDE = Path.of("..", "docs", "mistakes.md");

    @Test
    @DisplayName(
            "of the four orders of two visits that can make a difference, two lose one; the right version has two and loses none")
    void everyOrder() throws IOException {
        RequiredProgram.check("python3", "--version", "python3");
        try (Emulator emulator = Emulator.start()) {
            Process python = new ProcessBuilder(
                            "python3",
                            "-X",
                            "utf8",
                            SCRIPT.toString(),
                            emulator.url().toString())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(printed).isEqualTo("""
                            visit: 4 orders, a visit is lost in 2
                                 ann                           bob
                              1  kvStore.get visits  v0
                              2                                kvStore.get visits  v0
                              3  kvStore.put visits  v0 → v1
                              4                                kvStore.put visits  v1 → v2
                            visit_right: 2 orders, a visit is lost in 0
                            """);
            assertThat(Files.readString(GUIDE)).contains(printed);
        }
    }
}
