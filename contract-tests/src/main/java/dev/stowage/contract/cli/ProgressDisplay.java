package dev.stowage.contract.cli;

import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.ProgressListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a run: a bar on a terminal, a line for each tenth elsewhere. */
final class ProgressDisplay implements ProgressListener, AutoCloseable {

    private static final int LINES = 10;

    private final PrintWriter out;
    private final @Nullable ProgressBar bar;
    private long planned = 1;
    private long tried;
    private long lastTenth;

    private ProgressDisplay(PrintWriter out, @Nullable ProgressBar bar) {
        this.out = out;
        this.bar = bar;
    }

    /** From JDK 22 on there is always a console; COLUMNS, or a TERM that is not dumb, is not enough either without one. */
    @SuppressWarnings("SystemConsoleNull")
    static ProgressDisplay on(PrintWriter out) {
        boolean isTerminal = System.console() != null
                && System.getenv("TERM") != null
                && (Runtime.version().feature() < 22 || isConsoleTerminal());
        return new ProgressDisplay(
                out,
                isTerminal
                        ? new ProgressBarBuilder()
                                .setTaskName("contract")
                                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                                .setUpdateIntervalMillis(200)
                                .clearDisplayOnFinish()
                                .build()
                        : null);
    }

    /** A method that JDK 22 added, called by reflection because this is compiled for 17. */
    private static boolean isConsoleTerminal() {
        try {
            return Boolean.TRUE.equals(
                    java.io.Console.class.getMethod("isTerminal").invoke(System.console()));
        } catch (ReflectiveOperationException older) {
            return false;
        }
    }

    @Override
    public void planned(long tries) {
        planned = Math.max(1, tries);
        if (bar != null) {
            bar.maxHint(tries);
        }
    }

    @Override
    public void tried(String property) {
        tried++;
        if (bar != null) {
            bar.step();
            bar.setExtraMessage(property);
        } else if (tried * LINES / planned > lastTenth && lastTenth < LINES - 1) {
            lastTenth = tried * LINES / planned;
            out.println("  " + lastTenth * 10 + " % of the tries");
            out.flush();
        }
    }

    @Override
    public void found(Finding finding) {
        if (bar == null) {
            out.println("  " + finding.clause() + (finding.binding() ? " is broken" : " differs (advisory)"));
            out.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
