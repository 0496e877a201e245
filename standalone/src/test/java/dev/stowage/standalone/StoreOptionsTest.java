package dev.stowage.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class StoreOptionsTest {

    private static StoreOptions options(String url) {
        StoreOptions options = new StoreOptions();
        CommandSpec command = CommandSpec.create();
        options.all().forEach(command::addOption);
        new CommandLine(command).parseArgs("--store", url);
        return options;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:hunter2@db:5432/d",
                "postgresql://db/d?user=ann&password=hunter2",
                "postgresql://db/d?sslpassword=hunter2",
                "postgresql://db/d?pass%77ord=hunter2",
                "etcd://ann:hunter2@one:2379"
            })
    @DisplayName(
            "a password on the command line is refused and not repeated; in the environment it is accepted and not shown")
    void passwords(String url) {
        for (List<String> arguments : List.of(List.of("--store", url), List.of("--store=" + url))) {
            assertThatThrownBy(() -> options(url).url(arguments))
                    .isInstanceOf(OptionException.class)
                    .hasMessageContaining("contains a password")
                    .hasMessageNotContaining("hunter2");
        }
        assertThat(options(url).url(List.of("--port", "0"))).contains(url);
        assertThat(options(url).describe()).startsWith(", in ").doesNotContain("hunter2");
    }

    @Test
    @DisplayName("a URL without a password is accepted, and shown without its user")
    void withoutPassword() {
        String url = "postgresql://ann@db:5432/d?sslmode=require";
        assertThat(options(url).url(List.of("--store", url))).contains(url);
        assertThat(options(url).describe()).isEqualTo(", in postgresql://db:5432/d");
        assertThat(new StoreOptions().url(List.of())).isEmpty();
        assertThat(new StoreOptions().describe()).isEmpty();
    }

    @Test
    @DisplayName("what is no URL is refused and not repeated")
    void malformed() {
        assertThatThrownBy(() -> options("hunter2").url(List.of()))
                .isInstanceOf(OptionException.class)
                .hasMessageNotContaining("hunter2");
    }
}
