package dev.stowage.contract.report;

import dev.stowage.contract.run.SuiteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a result to files, for people and for programs. */
public final class Reports {

    private Reports() {}

    /** Writes {@code report.html}, {@code junit.xml} and {@code badge.svg} into the folder, which is created if it is missing. */
    public static void write(SuiteResult suiteResult, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("report.html"), HtmlPage.render(suiteResult));
        Files.writeString(folder.resolve("junit.xml"), JUnitXml.render(suiteResult));
        Files.writeString(folder.resolve("badge.svg"), Badge.render(suiteResult));
    }
}
