package dev.stowage.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Emulator;
import dev.stowage.store.RequiredProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example in Python, against an emulator: its output is the one in the guide. */
@Timeout(60)
class PythonExampleTest {

    private static final Path SCRIPT = Path.of("..", "examples", "python", "every_order.py");

    @Test
    @DisplayName("of the six orders of two visits, four lose one; the right version has two orders and loses none")
    void everyOrder() throws IOException {
        RequiredProgram.check("python3", "--version", "python3");
        try (Emulator emulator = Emulator.start()) {
            Process python = new ProcessBuilder(
                            "python3", SCRIPT.toString(), emulator.url().toString())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(printed)
                    .isEqualTo("visit: 6 orders, a visit is lost in 4\n"
                            + "    ann bob ann bob\n"
                            + "    ann bob bob ann\n"
                            + "    bob ann ann bob\n"
                            + "    bob ann bob ann\n"
                            + "visit_right: 2 orders, a visit is lost in 0\n");
        }
    }
}
