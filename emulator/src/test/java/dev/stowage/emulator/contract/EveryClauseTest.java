package dev.stowage.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every clause of CONTRACT.md has a test with its id, and no test has an id that does not exist. */
class EveryClauseTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern CLAUSE = Pattern.compile("^\\| ([A-Z]+-\\d+) \\|", Pattern.MULTILINE);
    private static final Pattern ID =
            Pattern.compile("\\b(?:VAL|KEY|GET|PUT|PATCH|DEL|EXISTS|TTL|INC|LIST|SET|INST|LIN|PRIV|ERR|DUR)-\\d+\\b");

    private static TreeSet<String> clauses() throws IOException {
        return CLAUSE.matcher(Files.readString(ROOT.resolve("CONTRACT.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> idsBelow(String... folders) throws IOException {
        TreeSet<String> ids = new TreeSet<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                List<Path> sources =
                        files.filter(file -> file.toString().endsWith(".java")).toList();
                sources.forEach(file ->
                        ID.matcher(read(file)).results().map(MatchResult::group).forEach(ids::add));
            }
        }
        return ids;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void isTested() throws IOException {
        assertThat(clauses()).hasSizeGreaterThan(70);
        TreeSet<String> untested = clauses();
        untested.removeAll(idsBelow("emulator/src/test"));
        assertThat(untested).as("clauses without a test that bears their id").isEmpty();
    }

    @Test
    void isQuotedByItsId() throws IOException {
        TreeSet<String> unknown = idsBelow("storage-api/src", "emulator/src");
        unknown.removeAll(clauses());
        assertThat(unknown).as("ids that CONTRACT.md doesn't have").isEmpty();
    }
}
