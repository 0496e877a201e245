package dev.stowage.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ServeOptionsTest {

    private static ServeOptions options(Map<String, String> environment, String... arguments) {
        ServeOptions options = new ServeOptions();
        CommandSpec command = CommandSpec.create();
        options.all().forEach(command::addOption);
        new CommandLine(command)
                .setDefaultValueProvider(new EnvironmentDefaults(environment, arguments))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments);
        return options;
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "false, false", "'', false"})
    @DisplayName("a flag can be set with its environment variable")
    void flagInEnvironment(String value, boolean stops) {
        assertThat(options(Map.of("STOWAGE_STOP_WITH_STDIN", value)).stopWithStdin())
                .isEqualTo(stops);
    }

    @ParameterizedTest
    @CsvSource({"--stop-with-stdin, true", "--stop-with-stdin=true, true", "--stop-with-stdin=false, false"})
    @DisplayName("a flag can have a value")
    void flagWithValue(String argument, boolean stops) {
        assertThat(options(Map.of(), argument).stopWithStdin()).isEqualTo(stops);
    }

    @Test
    @DisplayName("without options, all have their defaults")
    void defaults() {
        ServeOptions options = options(Map.of());
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(4300);
        assertThat(options.journalSize()).isEqualTo(10_000);
        assertThat(options.stopWithStdin()).isFalse();
        assertThat(options.allowedHosts()).isEmpty();
        assertThat(options.manualClock()).isNull();
    }
}
