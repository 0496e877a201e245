package dev.stowage.contract.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.clause.Origin;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.PropertyResult;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.contract.run.Verdict;
import dev.stowage.storage.StowageVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders a result as one self-contained HTML page from the template {@code page.html}. */
final class HtmlPage {

    private static final Map<Origin, String> ORIGINS =
            Map.of(Origin.D, "documented", Origin.V, "local fake", Origin.E, "this project");

    private HtmlPage() {}

    static String render(SuiteResult suiteResult) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("backend", suiteResult.backend());
        page.put("seed", suiteResult.options().seed());
        page.put("tries", suiteResult.options().tries());
        page.put("version", StowageVersion.current());
        page.put("java", System.getProperty("java.version", "?"));
        page.put("calls", String.format(Locale.ROOT, "%,d", suiteResult.calls()));
        page.put(
                "seconds", String.format(Locale.ROOT, "%.1f", suiteResult.took().toMillis() / 1000.0));
        page.put("cutShort", suiteResult.cutShortMessage());
        page.put("unusable", suiteResult.abortReason());
        page.put("isUnusable", !suiteResult.abortReason().isEmpty());
        page.put("notImplemented", String.join(", ", suiteResult.notImplemented()));
        page.put("headline", headline(suiteResult));
        page.put("tone", suiteResult.exitCode() == 0 ? "held" : suiteResult.exitCode() == 1 ? "broken" : "unusable");
        page.put("counts", counts(suiteResult));
        page.put("legend", legend());
        page.put("chapters", chapters(suiteResult));
        page.put("distribution", distribution(suiteResult));
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .defaultValue("")
                .compile(template())
                .execute(page);
    }

    private static String headline(SuiteResult suiteResult) {
        int broken = suiteResult.broken().size();
        return switch (suiteResult.exitCode()) {
            case 0 ->
                suiteResult.cutShort()
                        ? "Every binding clause held in the tries that were made"
                        : "Every binding clause held";
            case 1 ->
                broken == 0
                        ? "Operations are not implemented"
                        : broken == 1 ? "One clause is broken" : broken + " clauses are broken";
            default -> "The run was aborted";
        };
    }

    private static List<Map<String, Object>> counts(SuiteResult suiteResult) {
        List<Map<String, Object>> counts = new ArrayList<>();
        suiteResult
                .counts()
                .forEach((verdict, count) ->
                        counts.add(Map.of("count", count, "verdict", verdict.toString(), "tone", tone(verdict))));
        return counts;
    }

    private static List<Map<String, Object>> legend() {
        List<Map<String, Object>> legend = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            legend.add(Map.of("term", verdict.toString(), "meaning", verdict.description()));
        }
        for (Origin origin : Origin.values()) {
            legend.add(Map.of(
                    "term",
                    String.valueOf(ORIGINS.get(origin)),
                    "meaning",
                    origin.description() + " (" + origin + ")"));
        }
        return legend;
    }

    private static String tone(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<Map<String, Object>> chapters(SuiteResult suiteResult) {
        Map<String, List<Map<String, Object>>> byChapter = new LinkedHashMap<>();
        for (SuiteResult.ClauseResult clause : suiteResult.clauses()) {
            byChapter
                    .computeIfAbsent(clause.clause().chapter(), chapter -> new ArrayList<>())
                    .add(clause(suiteResult, clause));
        }
        List<Map<String, Object>> chapters = new ArrayList<>();
        byChapter.forEach((title, clauses) -> chapters.add(Map.of(
                "title",
                title,
                "anchor",
                "chapter-" + title.replaceAll(" .*", ""),
                "broken",
                clauses.stream()
                        .filter(clause -> Boolean.TRUE.equals(clause.get("isOpen")))
                        .count(),
                "tone",
                clauses.stream().anyMatch(clause -> Boolean.TRUE.equals(clause.get("isOpen"))) ? "has-broken" : "",
                "clauses",
                clauses)));
        return chapters;
    }

    private static Map<String, Object> clause(SuiteResult suiteResult, SuiteResult.ClauseResult clause) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", clause.clause().id());
        model.put("origin", ORIGINS.get(clause.clause().origin()));
        model.put("originDescription", clause.clause().origin().description());
        model.put("text", code(clause.clause().text()));
        model.put("verdict", clause.verdict().toString());
        model.put("tone", tone(clause.verdict()));
        model.put("because", clause.because());
        model.put("isOpen", clause.verdict() == Verdict.BROKEN);
        model.put(
                "properties",
                suiteResult.results().stream()
                        .filter(result -> result.property()
                                .clause()
                                .equals(clause.clause().id()))
                        .map(HtmlPage::property)
                        .toList());
        model.put(
                "findings",
                clause.findings().stream()
                        .map(finding -> finding(finding, suiteResult.shellAccess()))
                        .toList());
        return model;
    }

    /** Escapes the text for HTML, with text between backticks as code. */
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
        model.put(
                "tries",
                result.untried() > 0
                        ? result.tries() + " of " + result.planned() + " tries"
                        : result.tries() == 1 ? "1 try" : result.tries() + " tries");
        model.put("because", result.because());
        return model;
    }

    private static Map<String, Object> finding(Finding finding, ShellAccess access) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("message", finding.message());
        model.put("property", finding.property());
        model.put("nowAndThen", !finding.reproducible());
        model.put("curl", String.join("\n", CurlCommands.of(finding.steps(), access)));
        model.put("java", String.join("\n", JavaStatements.of(finding.steps())));
        model.put("picture", finding.drawingHtml());
        model.put("hasPicture", !finding.drawingHtml().isEmpty());
        return model;
    }

    private static List<Map<String, Object>> distribution(SuiteResult suiteResult) {
        List<Map<String, Object>> rows = new ArrayList<>();
        suiteResult.distribution().forEach((what, count) -> rows.add(Map.of("what", what, "count", count)));
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
