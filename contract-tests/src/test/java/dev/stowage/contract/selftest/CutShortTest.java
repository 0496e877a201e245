package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.chapter.Chapters;
import dev.stowage.contract.clause.Clauses;
import dev.stowage.contract.clause.Origin;
import dev.stowage.contract.report.Reports;
import dev.stowage.contract.report.TerminalTable;
import dev.stowage.contract.run.ProgressListener;
import dev.stowage.contract.run.PropertyResult;
import dev.stowage.contract.run.Suite;
import dev.stowage.contract.run.SuiteOptions;
import dev.stowage.contract.run.SuiteResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose time is over before all tries were made: which tries come first, and what the reports say. */
class CutShortTest {

    @TempDir
    Path folder;

    /** No budget at all: only essential tries are made, none of them after twice the budget. */
    private static SuiteResult run(Duration budget, Predicate<String> clauses) {
        return Suite.run(
                new MinimalUnderTest(Flaw.NONE, true),
                Chapters.properties(),
                new SuiteOptions(1, 40, budget, clauses, false),
                ProgressListener.SILENT);
    }

    private static SuiteResult run(String clauses) {
        return run(Duration.ofMillis(300), SuiteOptions.clausePattern(clauses));
    }

    @Test
    void documentedClausesAreTriedFirst() {
        SuiteResult result = run(Duration.ofMillis(150), clause -> true);
        assertThat(result.cutShort()).isTrue();
        List<PropertyResult> documented = plain(result, Origin.D);
        List<PropertyResult> decided = plain(result, Origin.E);
        assertThat(decided.stream().mapToInt(PropertyResult::tries).sum()).isZero();
        assertThat(documented.stream().mapToInt(PropertyResult::tries).sum()).isPositive();
    }

    private static List<PropertyResult> plain(SuiteResult result, Origin origin) {
        return result.results().stream()
                .filter(one -> one.property().property().lane() == dev.stowage.contract.property.Property.Lane.PLAIN)
                .filter(one -> Clauses.of(one.property().clause()).origin() == origin)
                .toList();
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
