package dev.stowage.contract.report;

import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.run.Finding;
import dev.stowage.contract.run.SuiteResult;
import dev.stowage.contract.run.Verdict;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Renders a result as JUnit XML, with a test case for each clause. */
final class JUnitXml {

    private JUnitXml() {}

    static String render(SuiteResult suiteResult) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            List<SuiteResult.ClauseResult> clauses = suiteResult.clauses();
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "storage contract against " + suiteResult.backend());
            xml.writeAttribute("tests", String.valueOf(testCases(suiteResult)));
            xml.writeAttribute(
                    "failures",
                    String.valueOf(suiteResult.broken().size()
                            + (suiteResult.notImplemented().isEmpty() ? 0 : 1)));
            xml.writeAttribute("errors", suiteResult.abortReason().isEmpty() ? "0" : "1");
            xml.writeAttribute(
                    "skipped",
                    String.valueOf(suiteResult.counts().getOrDefault(Verdict.NOT_CHECKABLE, 0L)
                            + (suiteResult.cutShort() ? 1 : 0)));
            xml.writeAttribute(
                    "time",
                    String.format(Locale.ROOT, "%.3f", suiteResult.took().toMillis() / 1000.0));
            for (SuiteResult.ClauseResult clause : clauses) {
                write(xml, suiteResult, clause);
            }
            if (suiteResult.cutShort()) {
                write(xml, "every planned try was made", "skipped", suiteResult.cutShortMessage());
            }
            if (!suiteResult.notImplemented().isEmpty()) {
                write(
                        xml,
                        "every operation is implemented",
                        "failure",
                        "not implemented: " + String.join(", ", suiteResult.notImplemented()));
            }
            if (!suiteResult.abortReason().isEmpty()) {
                write(xml, "the run was completed", "error", suiteResult.abortReason());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    private static int testCases(SuiteResult suiteResult) {
        return suiteResult.clauses().size()
                + (suiteResult.cutShort() ? 1 : 0)
                + (suiteResult.notImplemented().isEmpty() ? 0 : 1)
                + (suiteResult.abortReason().isEmpty() ? 0 : 1);
    }

    private static void write(XMLStreamWriter xml, String name, String outcome, String message)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", name);
        xml.writeAttribute("classname", "contract");
        xml.writeStartElement(outcome);
        xml.writeAttribute("message", clean(message));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void write(XMLStreamWriter xml, SuiteResult suiteResult, SuiteResult.ClauseResult clause)
            throws XMLStreamException {
        long millis = suiteResult.results().stream()
                .filter(result ->
                        result.property().clause().equals(clause.clause().id()))
                .mapToLong(result -> result.took().toMillis())
                .sum();
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", clause.clause().id());
        xml.writeAttribute("classname", "contract." + clause.clause().chapter().replaceAll("[^A-Za-z0-9]+", "_"));
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", millis / 1000.0));
        if (clause.verdict() == Verdict.NOT_CHECKABLE) {
            xml.writeStartElement("skipped");
            xml.writeAttribute("message", clean("because " + clause.because()));
            xml.writeEndElement();
        }
        if (!clause.findings().isEmpty()) {
            write(xml, clause.findings(), suiteResult.shellAccess());
        }
        xml.writeEndElement();
    }

    /** Writes one failure: the finding that shows it most clearly, then a line for each other finding. */
    private static void write(XMLStreamWriter xml, List<Finding> findings, ShellAccess access)
            throws XMLStreamException {
        Finding clearest = findings.get(0);
        xml.writeStartElement(clearest.binding() ? "failure" : "system-out");
        if (clearest.binding()) {
            xml.writeAttribute("message", clean(clearest.message()));
        }
        List<String> lines = new ArrayList<>(List.of(clearest.message()));
        lines.addAll(CurlCommands.of(clearest.steps(), access));
        findings.stream().skip(1).forEach(finding -> lines.add(Counterexample.alsoFoundBy(finding)));
        xml.writeCharacters(clean(String.join("\n", lines)));
        xml.writeEndElement();
    }

    /** Replaces the control characters that XML does not allow. */
    private static String clean(String text) {
        return text.replaceAll("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
