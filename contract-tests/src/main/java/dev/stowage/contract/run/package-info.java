/**
 * Runs properties: who tries what when and for how long, what a try can say and hear, and how a failure is made small. Open {@link
 * dev.stowage.contract.run.Suite} to run them, {@link dev.stowage.contract.run.Trial} to write one.
 */
@NullMarked
package dev.stowage.contract.run;

import org.jspecify.annotations.NullMarked;
