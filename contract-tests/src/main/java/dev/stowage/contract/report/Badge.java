package dev.stowage.contract.report;

import dev.stowage.contract.run.SuiteResult;
import dev.stowage.contract.run.Verdict;
import java.util.Locale;

/** Renders an SVG badge with the number of clauses that held. */
final class Badge {

    private static final int LABEL = 106;

    private Badge() {}

    static String render(SuiteResult suiteResult) {
        long held = suiteResult.counts().getOrDefault(Verdict.HELD, 0L);
        long broken = suiteResult.counts().getOrDefault(Verdict.BROKEN, 0L);
        String text = !suiteResult.abortReason().isEmpty()
                ? "could not run"
                : broken > 0 ? broken + " broken" : held + " clauses held";
        String colour = !suiteResult.abortReason().isEmpty() ? "#9a6700" : broken > 0 ? "#b42318" : "#1a7f37";
        int width = 14 + text.length() * 7;
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="storage"
                        + " contract: %2$s">
                  <clipPath id="r"><rect width="%1$d" height="20" rx="3"/></clipPath>
                  <g clip-path="url(#r)"><rect width="%3$d" height="20" fill="#444"/><rect x="%3$d" width="%4$d" height="20" fill="%5$s"/></g>
                  <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
                    <text x="%6$d" y="14">storage contract</text><text x="%7$d" y="14">%2$s</text>
                  </g>
                </svg>
                """, LABEL + width, text, LABEL, width, colour, LABEL / 2, LABEL + width / 2);
    }
}
