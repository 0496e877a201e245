package dev.stowage.emulator.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads options from environment variables: {@code --ready-file} from {@code STOWAGE_READY_FILE}. An empty variable counts as unset. */
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
