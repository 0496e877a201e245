/**
 * The result of a run as a table for a terminal, an HTML page, JUnit XML and a badge. Open {@link
 * dev.stowage.contract.report.Reports}.
 */
@NullMarked
package dev.stowage.contract.report;

import org.jspecify.annotations.NullMarked;
