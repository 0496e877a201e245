package dev.stowage.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rehearsal, of which the classes for an archive are recorded")
class RehearsalTest {

    @Test
    @DisplayName("does everything and ends by itself")
    void ends() throws Exception {
        Process process = CommandLineProcess.start(Rehearsal.class, Map.of());
        process.getOutputStream().close();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(error).isZero();
        assertThat(error).isEmpty();
        assertThat(process.inputReader().lines()).anyMatch(line -> line.startsWith("ready "));
    }
}
