package dev.stowage.emulator.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every option is an environment variable, too: {@code --ready-file} is {@code STOWAGE_READY_FILE}. Empty is unset. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String value = environment.get(variable(option.longestName()));
        return value == null || value.isEmpty() ? argument.defaultValue() : value;
    }

    static String variable(String option) {
        return "STOWAGE" + option.substring(1).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
