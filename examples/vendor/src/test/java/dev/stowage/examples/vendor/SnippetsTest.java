package dev.stowage.examples.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the snippets in the README and the guides are equal to code that is compiled and run. */
class SnippetsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: (\\S+) (\\S+) -->\\n```(?:java|ts)\\n(.*?)\\n```", Pattern.DOTALL);

    record Snippet(String page, String source, String name, String text) {
        @Override
        public String toString() {
            return page + ": " + name;
        }
    }

    static Stream<Snippet> snippets() throws IOException {
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(Stream.of(ROOT.resolve("README.md")), guides)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
            return pages.stream().flatMap(SnippetsTest::snippetsOf).toList().stream();
        }
    }

    private static Stream<Snippet> snippetsOf(Path page) {
        try {
            Matcher matcher = SNIPPET.matcher(Files.readString(page));
            return matcher
                    .results()
                    .map(found ->
                            new Snippet(page.getFileName().toString(), found.group(1), found.group(2), found.group(3)))
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void equalsCompiledCode(Snippet snippet) throws IOException {
        List<String> source = Files.readAllLines(ROOT.resolve(snippet.source()));
        List<String> stripped = source.stream().map(String::strip).toList();
        int begin = stripped.indexOf("// " + snippet.name() + ": begin");
        int end = stripped.indexOf("// " + snippet.name() + ": end");
        assertThat(begin).as("the begin marker of %s", snippet).isNotNegative();
        int indent = source.get(begin).indexOf("//");
        String cut = source.subList(begin + 1, end).stream()
                .map(line -> line.isEmpty() ? line : line.substring(indent))
                .collect(Collectors.joining("\n"));
        assertThat(snippet.text()).isEqualTo(cut);
    }
}
