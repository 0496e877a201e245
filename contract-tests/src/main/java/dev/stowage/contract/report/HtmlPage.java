package dev.stowage.contract.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.Outcome;
import dev.stowage.contract.run.PropertyResult;
import dev.stowage.contract.run.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An outcome as one page that needs nothing else: the template {@code page.html} beside this class, filled. */
final class HtmlPage {

    private HtmlPage() {}

    static String render(Outcome outcome) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("backend", outcome.backend());
        page.put("seed", outcome.settings().seed());
        page.put("tries", outcome.settings().tries());
        page.put("version", Version.current());
        page.put("java", System.getProperty("java.version", "?"));
        page.put("calls", String.format(Locale.ROOT, "%,d", outcome.calls()));
        page.put("seconds", String.format(Locale.ROOT, "%.1f", outcome.took().toMillis() / 1000.0));
        page.put("cutShort", outcome.cutShort());
        page.put("unusable", outcome.unusable());
        page.put("isUnusable", !outcome.unusable().isEmpty());
        page.put("headline", headline(outcome));
        page.put("tone", outcome.exitCode() == 0 ? "held" : outcome.exitCode() == 1 ? "broken" : "unusable");
        page.put("counts", counts(outcome));
        page.put("chapters", chapters(outcome));
        page.put("distribution", distribution(outcome));
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .defaultValue("")
                .compile(template())
                .execute(page);
    }

    private static String headline(Outcome outcome) {
        int broken = outcome.broken().size();
        return switch (outcome.exitCode()) {
            case 0 -> "Every clause that counts held";
            case 1 -> broken == 1 ? "One clause is broken" : broken + " clauses are broken";
            default -> "The run had to be given up";
        };
    }

    private static List<Map<String, Object>> counts(Outcome outcome) {
        List<Map<String, Object>> counts = new ArrayList<>();
        outcome.counts()
                .forEach((verdict, count) ->
                        counts.add(Map.of("count", count, "verdict", verdict.toString(), "tone", tone(verdict))));
        return counts;
    }

    private static String tone(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<Map<String, Object>> chapters(Outcome outcome) {
        Map<String, List<Map<String, Object>>> byChapter = new LinkedHashMap<>();
        for (Outcome.ClauseResult clause : outcome.clauses()) {
            byChapter
                    .computeIfAbsent(clause.clause().chapter(), chapter -> new ArrayList<>())
                    .add(clause(outcome, clause));
        }
        List<Map<String, Object>> chapters = new ArrayList<>();
        byChapter.forEach((title, clauses) -> chapters.add(Map.of("title", title, "clauses", clauses)));
        return chapters;
    }

    private static Map<String, Object> clause(Outcome outcome, Outcome.ClauseResult clause) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", clause.clause().id());
        model.put("origin", clause.clause().origin().name());
        model.put("text", code(clause.clause().text()));
        model.put("verdict", clause.verdict().toString());
        model.put("tone", tone(clause.verdict()));
        model.put("because", clause.because());
        model.put("isOpen", clause.verdict() == Verdict.BROKEN);
        model.put(
                "properties",
                outcome.results().stream()
                        .filter(result -> result.property()
                                .clause()
                                .equals(clause.clause().id()))
                        .map(HtmlPage::property)
                        .toList());
        model.put("findings", clause.findings().stream().map(HtmlPage::finding).toList());
        return model;
    }

    /** As HTML, what stands between backticks as code. */
    private static String code(String text) {
        return Escapers.HTML.escape(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static Map<String, Object> property(PropertyResult result) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", result.property().method().getName());
        model.put("does", result.property().property().does());
        model.put("skipped", result.property().property().skipped());
        model.put("lookAt", result.property().property().lookAt());
        model.put("verdict", result.verdict().toString());
        model.put("tone", tone(result.verdict()));
        model.put("tries", result.tries() == 1 ? "1 try" : result.tries() + " tries");
        model.put("because", result.because());
        return model;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("message", finding.message());
        model.put("property", finding.property());
        model.put("nowAndThen", !finding.always());
        model.put("curl", String.join("\n", Paste.curl(finding.steps())));
        model.put("java", String.join("\n", Paste.java(finding.steps())));
        model.put("picture", finding.picture());
        model.put("hasPicture", !finding.picture().isEmpty());
        return model;
    }

    private static List<Map<String, Object>> distribution(Outcome outcome) {
        List<Map<String, Object>> rows = new ArrayList<>();
        outcome.distribution().forEach((what, count) -> rows.add(Map.of("what", what, "count", count)));
        return rows;
    }

    private static String template() {
        try (InputStream file = HtmlPage.class.getResourceAsStream("page.html")) {
            if (file == null) {
                throw new IllegalStateException("page.html is missing from this build of the suite");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
