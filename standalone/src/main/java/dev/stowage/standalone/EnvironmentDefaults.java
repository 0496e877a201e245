package dev.stowage.standalone;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads options from environment variables: {@code --ready-file} from {@code STOWAGE_READY_FILE}. An empty variable counts as unset. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final String PREFIX = "STOWAGE_";

    /** The data key, and the variables of the Node client. */
    private static final Set<String> OF_OTHERS = Set.of(DataOptions.KEY_VARIABLE, "STOWAGE_JAR", "STOWAGE_URL");

    private final Map<String, String> environment;
    private final List<String> arguments;

    /** @param arguments the command line, to know which options are not taken from the environment */
    EnvironmentDefaults(Map<String, String> environment, String... arguments) {
        this.environment = environment;
        this.arguments = Arrays.asList(arguments);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && isSettable(option)
                ? value(option.longestName()).orElse(argument.defaultValue())
                : null;
    }

    private static boolean isSettable(OptionSpec option) {
        return !option.usageHelp() && !option.versionHelp();
    }

    private Optional<String> value(String option) {
        return Optional.ofNullable(environment.get(variable(option))).filter(value -> !value.isEmpty());
    }

    static String variable(String option) {
        return "STOWAGE" + option.substring(1).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Returns, for a message about these options, the variables that set them; empty if the command line did. */
    String origin(Collection<String> options) {
        List<String> variables = options.stream()
                .filter(option -> value(option).isPresent())
                .filter(option -> arguments.stream()
                        .noneMatch(argument -> argument.equals(option) || argument.startsWith(option + "=")))
                .map(EnvironmentDefaults::variable)
                .toList();
        return variables.isEmpty() ? "" : " (set by the environment: " + String.join(", ", variables) + ")";
    }

    /** Returns the {@code STOWAGE_} variables that are not an option's and not known otherwise, sorted. */
    List<String> unknown(CommandLine commandLine) {
        Set<String> known = commandLine.getSubcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(EnvironmentDefaults::isSettable)
                .map(option -> variable(option.longestName()))
                .collect(Collectors.toSet());
        return environment.keySet().stream()
                .filter(Objects::nonNull)
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name) && !OF_OTHERS.contains(name))
                .sorted()
                .toList();
    }
}
