package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.clause.Clauses;
import dev.stowage.contract.clause.Origin;
import dev.stowage.contract.report.Reports;
import dev.stowage.contract.report.TerminalTable;
import dev.stowage.contract.run.ProgressListener;
import dev.stowage.contract.run.Suite;
import dev.stowage.contract.run.SuiteOptions;
import dev.stowage.contract.run.SuiteResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose time is over before all tries were made: which tries come first, and what the reports say. */
class CutShortTest {

    @TempDir
    Path folder;

    private static SuiteResult run(String clauses) {
        return Suite.run(
                new MinimalUnderTest(Flaw.NONE, true),
                Chapters.properties(),
                new SuiteOptions(1, 40, Duration.ofMillis(300), SuiteOptions.clausePattern(clauses), false),
                ProgressListener.SILENT);
    }

    /** The most tries that can be under way when the first of another origin begins. */
    private static final int MOST_LANES = 16;

    @Test
    void documentedClausesAreTriedFirst() {
        List<String> tried = Collections.synchronizedList(new ArrayList<>());
        Suite.run(
                new MinimalUnderTest(Flaw.NONE, true),
                Chapters.properties(),
                new SuiteOptions(
                        1,
                        20,
                        Duration.ofMinutes(2),
                        SuiteOptions.clausePattern("VAL-2,VAL-9,PUT-1,PUT-2,KEY-3"),
                        false),
                new ProgressListener() {
                    @Override
                    public void tried(String property) {
                        tried.add(property);
                    }
                });
        List<Origin> origins = tried.stream()
                .map(property ->
                        Clauses.of(property.substring(0, property.indexOf(' '))).origin())
                .toList();
        long documented = origins.stream().filter(Origin.D::equals).count();
        assertThat(documented).isGreaterThan(3 * MOST_LANES);
        assertThat((long) origins.indexOf(Origin.E)).isGreaterThan(documented - MOST_LANES);
    }

    @Test
    void reportsSayWhatWasNotTried() throws IOException {
        SuiteResult result = run("PUT-1,LIN-1");
        assertThat(result.cutShort()).isTrue();
        assertThat(result.untried()).extracting(SuiteResult.Untried::clause).contains("LIN-1");
        SuiteResult.Untried order = result.untried().get(result.untried().size() - 1);
        assertThat(order.made()).isLessThan(order.planned());
        StringWriter terminal = new StringWriter();
        TerminalTable.print(result, new PrintWriter(terminal));
        assertThat(terminal.toString())
                .contains("[" + order.tries() + "]")
                .contains("CUT SHORT: The time limit of 0 s was reached: ")
                .contains("LIN-1 (" + order.tries() + ")")
                .contains("held in the tries that were made.");
        Reports.write(result, folder);
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("Cut short:", "LIN-1 (" + order.tries() + ")", "in the tries that were made");
        assertThat(Files.readString(folder.resolve("junit.xml")))
                .contains("<testcase name=\"every planned try was made\"", "LIN-1 (" + order.tries() + ")");
    }

    @Test
    void completeRunSaysNothing() {
        SuiteResult result = BrokenStoresAreFoundTest.run(Flaw.NONE, true, 1, 2, "PUT-1"::equals);
        assertThat(result.cutShort()).isFalse();
        assertThat(result.untried()).isEmpty();
        StringWriter terminal = new StringWriter();
        TerminalTable.print(result, new PrintWriter(terminal));
        assertThat(terminal.toString()).doesNotContain("CUT SHORT").contains("could be checked held.");
    }
}
