/**
 * An outcome for a person and for programs: a table, a page of HTML, JUnit XML, a badge. Open {@link
 * dev.stowage.contract.report.Reports}.
 */
@NullMarked
package dev.stowage.contract.report;

import org.jspecify.annotations.NullMarked;
